//! What attacks are after: a file to harm, a secret to read, sockets to reach.

use std::fs;
use std::io::ErrorKind;
use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixListener};

use tempfile::TempDir;

use crate::bench::Ran;

const UNHARMED: &str = "unharmed";

pub struct Prey {
    folder: TempDir,
    /// No code has it, and every secret does.
    marker: String,
    tcp: TcpListener,
    udp: UdpSocket,
    unix: UnixListener,
    abstract_name: String,
    hidden: UnixListener,
}

impl Prey {
    /// Prey that every user can reach, where no sandbox is in the way.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let marker = format!("marker-{:016x}", rand());
        let path = |name: &str| folder.path().join(name);
        fs::write(path("canary"), UNHARMED).unwrap();
        fs::write(path("secret"), format!("{marker} is a secret\n")).unwrap();
        let abstract_name = format!("grade-{marker}");
        let address = SocketAddr::from_abstract_name(&abstract_name).unwrap();
        let prey = Self {
            tcp: TcpListener::bind("127.0.0.1:0").unwrap(),
            udp: UdpSocket::bind("127.0.0.1:0").unwrap(),
            unix: UnixListener::bind(path("unix")).unwrap(),
            hidden: UnixListener::bind_addr(&address).unwrap(),
            abstract_name,
            marker,
            folder,
        };
        for (name, mode) in [
            ("", 0o777),
            ("canary", 0o666),
            ("secret", 0o644),
            ("unix", 0o777),
        ] {
            let path = prey.folder.path().join(name);
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
        prey.tcp.set_nonblocking(true).unwrap();
        prey.udp.set_nonblocking(true).unwrap();
        prey.unix.set_nonblocking(true).unwrap();
        prey.hidden.set_nonblocking(true).unwrap();
        prey
    }

    /// A secret for the environment of a run.
    pub fn secret(&self) -> &str {
        &self.marker
    }

    /// A source with the names that it attacks.
    pub fn name_in(&self, text: &str) -> String {
        let path = |name: &str| self.folder.path().join(name).display().to_string();
        text.replace("@CANARY@", &path("canary"))
            .replace("@SECRET@", &path("secret"))
            .replace("@FOLDER@", &self.folder.path().display().to_string())
            .replace("@UNIX@", &path("unix"))
            .replace("@ABSTRACT@", &self.abstract_name)
            .replace("@TCP@", &self.tcp.local_addr().unwrap().to_string())
            .replace("@UDP@", &self.udp.local_addr().unwrap().to_string())
    }

    /// What an attack did to it, or got from it.
    pub fn is_harmed(&self, ran: &Ran) -> Option<String> {
        let canary = self.folder.path().join("canary");
        let mode = fs::metadata(&canary).map(|found| found.permissions().mode() & 0o777);
        if fs::read_to_string(&canary).ok().as_deref() != Some(UNHARMED) || mode.ok() != Some(0o666)
        {
            return Some("the file was harmed".to_owned());
        }
        if ran.stdout.contains(&format!("{} is", self.marker)) || ran.stderr.contains(&self.marker)
        {
            return Some("the secret is told".to_owned());
        }
        let quiet = |kind: std::io::Result<()>| {
            kind.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
        };
        let reached = [
            ("TCP", quiet(self.tcp.accept().map(drop))),
            ("UDP", quiet(self.udp.recv(&mut [0; 64]).map(drop))),
            ("UNIX", quiet(self.unix.accept().map(drop))),
            ("abstract", quiet(self.hidden.accept().map(drop))),
        ];
        let (kind, _) = reached.iter().find(|(_, is_quiet)| !is_quiet)?;
        Some(format!("the {kind} socket was reached"))
    }
}

/// A number that nobody can know before.
fn rand() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::hash::RandomState::new().build_hasher().finish()
}
