# Makes $1 the root of a command: the system's programs, the toolchain $2 at $3 as a set-up step would have installed it, and
# what the folder has in it. As the user $4 (root, or another's name or number), and with $5 `ro` writable in /output and /tmp only.
set -eu
root=$1 sysroot=$2 place=$3 user=$4 mode=$5
shift 5
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
for part in bin sbin lib lib64; do
    if [ -L "/$part" ]; then ln -sfn "$(readlink "/$part")" "$part"; elif [ -d "/$part" ]; then mkdir -p "$part"; mount --bind "/$part" "$part"; fi
done
mkdir -p usr dev proc tmp etc root
mount --bind /usr usr
# Where the system's programs lead on to.
if [ -d /etc/alternatives ]; then mkdir -p etc/alternatives; mount --bind /etc/alternatives etc/alternatives; fi
mount -t tmpfs none usr/local
mkdir -p "./$place"
mount --bind "$sysroot" "./$place"
mount -o remount,bind,ro "./$place"
# Docker's own image of Rust has its programs there.
mkdir usr/local/cargo
ln -s "/$place/bin" usr/local/cargo/bin
mount --rbind /dev dev
mount -t proc proc proc
mount -t tmpfs -o mode=1777 none tmp
if [ "$mode" = ro ]; then
    mkdir -p output
    mount --bind output output
    mount -o remount,bind,ro "$root"
fi
mkdir -p usr/local/old
pivot_root . usr/local/old
umount -l /usr/local/old
cd /
if [ "$user" != root ]; then
    exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs "$@"
fi
exec "$@"
