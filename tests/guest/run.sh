#!/bin/bash
# run.sh KERNEL SHARE SECONDS PROCESSORS
# Boots the kernel that prepare.sh put into KERNEL, in software emulation (QEMU), on the host's own files: read only, under a layer in
# memory. SHARE is there at /run/guest, to read and to write; SHARE/job.sh runs in it. What it prints is printed at once, behind
# 'guest: ', and its exit code is this one's: or 124 after SECONDS, 125 when the guest ended without a word. Nothing stays: the guest ends with this script, however this
# ends, and this script ends when the one that started it is gone.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
kernel=$(realpath "$1")
share=$(realpath "$2")
seconds=$3
processors=$4
rm -f "$share/code" "$share/up"
cp "$here/inside.sh" "$share/inside.sh"
cp -r "$kernel/lib" "$share/"

exec > >(exec sed -u 's/^/guest: /') 2>&1
printer=$!
# --pdeathsig: killed outright, this script can end nobody. Ticks are periodic: an emulated timer loses a single shot once in some dozens of
# boots, after which the kernel waits for it for ever.
boot() {
    setpriv --pdeathsig TERM timeout --foreground -k 5 "$seconds" setpriv --pdeathsig KILL \
        qemu-system-x86_64 -bios qboot.rom -M q35 -accel tcg,thread=multi,tb-size=512 -cpu max -smp "$processors" -m 1536 \
        -nodefaults -no-user-config -display none -no-reboot -kernel "$kernel/vmlinux" -initrd "$kernel/initrd" -serial stdio \
        -fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap -device virtio-9p-pci,fsdev=root,mount_tag=hostroot \
        -fsdev local,id=share,path="${share//,/,,}",security_model=none -device virtio-9p-pci,fsdev=share,mount_tag=share \
        -append "console=ttyS0 quiet panic=-1 mitigations=off nokaslr no_timer_check nohz=off highres=off reboot=t random.trust_cpu=1" </dev/null &
    guest=$!
    booted=$SECONDS
    boots=$((boots + 1))
}
boots=0
boot
nap=
trap 'kill "$guest" $nap 2>/dev/null; wait "$guest"; exec >&- 2>&-; wait "$printer"' EXIT
trap 'exit 130' INT TERM HUP
while :; do
    sleep 1 &
    nap=$!
    wait -n -p ended "$guest" "$nap"
    code=$?
    [ "$ended" = "$guest" ] && break
    read -r _ _ _ parent _ <"/proc/$$/stat"
    [ "$parent" = "$PPID" ] || exit 130

    # It takes seconds; a busy machine is patient with it.
    if [ ! -e "$share/up" ] && [ $((SECONDS - booted)) -ge 60 ] && [ "$boots" -lt 3 ]; then
        echo 'It does not come up, and is booted once more.'
        kill "$guest"
        wait "$guest"
        boot
    fi
done
[ -s "$share/code" ] && exit "$(cat "$share/code")"
[ "$code" = 124 ] || code=125
exit "$code"
