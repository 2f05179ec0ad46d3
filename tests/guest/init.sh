#!/bin/busybox sh
# The guest's first process: the host's files, read only, under a layer in memory that takes what is written; then inside.sh in them.
b=/bin/busybox
die() { echo "The guest does not start: $*"; $b reboot -f; }
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mount -t devtmpfs dev /dev
while read -r m; do $b insmod "/mods/$m.ko" || die "its kernel refuses the module $m"; done </mods/order

share='trans=virtio,version=9p2000.L,msize=512000'
$b mount -t 9p -o "ro,$share,cache=loose" hostroot /host || die "no host's files"
$b mount -t tmpfs -o size=80% top /top
$b mkdir -p /top/upper /top/work
$b mount -t overlay -o lowerdir=/host,upperdir=/top/upper,workdir=/top/work overlay /new || die "no layer over the host's files"
cd /new || die "no root"
$b mount -t proc proc proc
$b mount -t sysfs sys sys
$b mount -t devtmpfs dev dev
$b mkdir -p dev/pts dev/shm
$b mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
$b mount -t tmpfs tmpfs dev/shm
$b mount -t tmpfs -o mode=755 tmpfs run
[ -e dev/fd ] || $b ln -s /proc/self/fd dev/fd
modules=lib/modules/$($b uname -r)
$b mkdir -p run/guest "$modules"
$b mount -t 9p -o "rw,$share,cache=mmap" share run/guest || die "no shared folder"
$b mount --bind "run/guest/$modules" "$modules" || die "no modules"
exec $b chroot /new /bin/bash /run/guest/inside.sh
