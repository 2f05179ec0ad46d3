#!/bin/bash
# run.sh KERNEL SHARE SECONDS
# Boots the kernel that prepare.sh put into KERNEL, in software emulation (QEMU), on the host's own files: read only, under a layer in
# memory. SHARE is there at /run/guest, to read and to write; SHARE/job.sh runs in it. What it prints is printed, and its exit code is
# this one's: or 124 after SECONDS, 125 when the guest ended without a word. Nothing stays.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
kernel=$(realpath "$1")
share=$(realpath "$2")
seconds=$3
rm -f "$share/code"
cp "$here/inside.sh" "$share/inside.sh"
cp -r "$kernel/lib" "$share/"

nice -n 5 timeout --foreground -k 5 "$seconds" qemu-system-x86_64 -bios qboot.rom -M q35 -accel tcg,thread=multi,tb-size=512 -cpu max -smp 2 -m 1536 \
    -nodefaults -no-user-config -display none -no-reboot -kernel "$kernel/vmlinux" -initrd "$kernel/initrd" -serial stdio \
    -fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap -device virtio-9p-pci,fsdev=root,mount_tag=hostroot \
    -fsdev local,id=share,path="${share//,/,,}",security_model=none -device virtio-9p-pci,fsdev=share,mount_tag=share \
    -append "console=ttyS0 quiet panic=-1 mitigations=off nokaslr reboot=t random.trust_cpu=1" </dev/null &
guest=$!
trap 'kill "$guest" 2>/dev/null; wait "$guest" 2>/dev/null' EXIT
trap 'exit 130' INT TERM HUP
wait "$guest"
code=$?
[ -s "$share/code" ] && exit "$(cat "$share/code")"
[ "$code" = 124 ] || code=125
exit "$code"
