//! Namespaces: processes, files, network and shared memory of a sandbox's own.

use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use nix::sched::{CloneFlags, unshare};
use rustix::fs::StatVfsMountFlags;
use rustix::mount::{
    MountFlags, MountPropagationFlags, UnmountFlags, mount, mount_bind_recursive, mount_change,
    mount_remount, unmount,
};
use rustix::process::{getegid, geteuid, pivot_root};
use rustix::thread::{
    CapabilitySet, capabilities, configure_capability_in_ambient_set, set_capabilities,
};

use super::access::{DEVICES, SYSTEM, SYSTEM_FILES};
use super::layer::Layer;
use super::message::{Missing, Surroundings};

/// What the drives of one submission can write, in bytes and in files.
const ROOM: &str = "size=512m,nr_inodes=32k,mode=0755";
/// The bare root that everything is put into.
const BARE: &str = "size=1m,nr_inodes=4k,mode=0755";
/// Where the C compiler is that links for a toolchain without a linker of its own.
const PROGRAMS: [&str; 2] = ["/bin", "/usr/bin"];
const GCC: &str = "/usr/libexec";

/// The namespaces, in the order of a verdict's layers.
pub const NAMESPACES: [Layer; 5] = [
    Layer::UserNamespace,
    Layer::PidNamespace,
    Layer::MountNamespace,
    Layer::NetNamespace,
    Layer::IpcNamespace,
];

/// Enters the namespaces among `wanted`; what this process starts is in the one for processes. A process can
/// try only once.
pub fn enter(wanted: &[Layer]) -> Result<(), Missing> {
    let wanted: Vec<_> = NAMESPACES
        .into_iter()
        .filter(|layer| wanted.contains(layer))
        .collect();
    let Some(first) = wanted.first() else {
        return Ok(());
    };
    let (user, group) = (geteuid().as_raw(), getegid().as_raw());
    let missing = |layer, why: String| Missing { layer, why };
    let flags = wanted.iter().map(|layer| flag(*layer)).collect();
    unshare(flags).map_err(|e| missing(*first, e.desc().to_owned()))?;
    if wanted.contains(&Layer::UserNamespace) {
        stay(user, group)
            .and_then(|()| keep_privilege())
            .map_err(|e| missing(Layer::UserNamespace, e.to_string()))?;
    }
    Ok(())
}

fn flag(layer: Layer) -> CloneFlags {
    match layer {
        Layer::UserNamespace => CloneFlags::CLONE_NEWUSER,
        Layer::PidNamespace => CloneFlags::CLONE_NEWPID,
        Layer::MountNamespace => CloneFlags::CLONE_NEWNS,
        Layer::NetNamespace => CloneFlags::CLONE_NEWNET,
        Layer::IpcNamespace => CloneFlags::CLONE_NEWIPC,
        _ => CloneFlags::empty(),
    }
}

/// In a user namespace one is who one was, and nobody else is there.
fn stay(user: u32, group: u32) -> io::Result<()> {
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/uid_map", format!("{user} {user} 1"))?;
    fs::write("/proc/self/gid_map", format!("{group} {group} 1"))
}

/// The privilege to mount, which is good in these namespaces only, outlives the start of the inner process.
fn keep_privilege() -> io::Result<()> {
    let mut sets = capabilities(None)?;
    sets.inheritable |= CapabilitySet::SYS_ADMIN;
    set_capabilities(None, sets)?;
    configure_capability_in_ambient_set(CapabilitySet::SYS_ADMIN, true)?;
    Ok(())
}

/// Makes a file system that holds the system's libraries and the surroundings, and moves into it.
/// Every path in it is what it was outside.
pub fn files(surroundings: &Surroundings) -> io::Result<()> {
    mount_change(
        "/",
        MountPropagationFlags::PRIVATE | MountPropagationFlags::REC,
    )?;
    let root = Root(surroundings.drives.clone());
    tmpfs(&root.0, BARE)?;
    let fixed = SYSTEM.iter().chain(&PROGRAMS).chain(&SYSTEM_FILES);
    for path in fixed.chain([&GCC]) {
        root.show_of_system(Path::new(path))?;
    }
    for path in &surroundings.read {
        root.show(path, MountFlags::RDONLY)?;
    }
    for device in DEVICES {
        root.show(Path::new(device), MountFlags::empty())?;
    }
    root.show(&surroundings.build, MountFlags::NODEV)?;
    tmpfs(&root.folder(&surroundings.drives)?, ROOM)?;
    root.seal()?;
    let old = root.0.join(".old");
    fs::create_dir(&old)?;
    pivot_root(&root.0, &old)?;
    std::env::set_current_dir("/")?;
    unmount("/.old", UnmountFlags::DETACH)?;
    // The bare root is done: nothing is made in it any more.
    let fixed = MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
    mount_remount("/", MountFlags::BIND | fixed, "")?;
    Ok(())
}

fn tmpfs(at: &Path, settings: &str) -> io::Result<()> {
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    let settings = std::ffi::CString::new(settings)?;
    Ok(mount("tmpfs", at, "tmpfs", flags, &*settings)?)
}

/// The file system in the making.
struct Root(PathBuf);

impl Root {
    fn inside(&self, path: &Path) -> PathBuf {
        self.0.join(path.strip_prefix("/").unwrap_or(path))
    }

    /// A folder of the bare root, at the place of `path`.
    fn folder(&self, path: &Path) -> io::Result<PathBuf> {
        let inside = self.inside(path);
        fs::create_dir_all(&inside)?;
        Ok(inside)
    }

    /// A part of the system: a symbolic link stays one, what is not there is left out.
    fn show_of_system(&self, path: &Path) -> io::Result<()> {
        match fs::symlink_metadata(path) {
            Ok(found) if found.is_symlink() => symlink(fs::read_link(path)?, self.inside(path)),
            Ok(_) => self.show(path, MountFlags::RDONLY),
            Err(_) => Ok(()),
        }
    }

    /// Puts what is at `path` outside to the same place inside.
    fn show(&self, path: &Path, flags: MountFlags) -> io::Result<()> {
        let inside = self.inside(path);
        if fs::symlink_metadata(&inside).is_err() {
            let parent = inside.parent().unwrap_or(&self.0);
            fs::create_dir_all(parent)?;
            if path.is_dir() {
                fs::create_dir(&inside)?;
            } else {
                fs::File::create(&inside)?;
            }
        } else if flags.contains(MountFlags::RDONLY) {
            // It is below what is shown already.
            return Ok(());
        }
        mount_bind_recursive(path, &inside)?;
        // A flag that the outside has cannot be taken away by one who has no privilege there.
        let locked = rustix::fs::statvfs(&inside)?.f_flag;
        let kept = [
            (StatVfsMountFlags::RDONLY, MountFlags::RDONLY),
            (StatVfsMountFlags::NODEV, MountFlags::NODEV),
            (StatVfsMountFlags::NOEXEC, MountFlags::NOEXEC),
            (StatVfsMountFlags::NOATIME, MountFlags::NOATIME),
            (StatVfsMountFlags::NODIRATIME, MountFlags::NODIRATIME),
            (StatVfsMountFlags::RELATIME, MountFlags::RELATIME),
        ];
        let kept = kept
            .into_iter()
            .filter(|(outside, _)| locked.contains(*outside))
            .fold(MountFlags::empty(), |kept, (_, flag)| kept | flag);
        mount_remount(
            &inside,
            MountFlags::BIND | MountFlags::NOSUID | flags | kept,
            "",
        )?;
        Ok(())
    }

    /// Nobody but its maker may look around in the folders of the bare root, and all may pass.
    fn seal(&self) -> io::Result<()> {
        fs::set_permissions(&self.0, fs::Permissions::from_mode(0o755))
    }
}
