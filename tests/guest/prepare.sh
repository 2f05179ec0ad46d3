#!/bin/bash
# prepare.sh FOLDER [KERNEL]
# Puts a stock Debian kernel into FOLDER for run.sh: the kernel, the modules that the tests use, and a small initial file system.
# KERNEL is a version (6.1, 6.12) or a Debian package that depends on the kernel's image, default: linux-image-amd64; one of another
# release of Debian's is named as apt names it, linux-image-amd64/trixie-backports. Nothing of it is installed; the programs that this
# needs are, if they are missing. What is there already is kept. When it cannot be done, the last line says why.
set -euo pipefail
exec 2>&1
here=$(dirname "$(realpath "$0")")
. "$here/../apt.sh"
folder=$(realpath -m "$1")
wanted=${2:-linux-image-amd64}
modules=(virtio_pci 9pnet_virtio 9p overlay wireguard veth bridge dummy ifb vrf tun chacha20poly1305 curve25519-x86_64
    nf_tables udp_diag inet_diag tcp_diag raw_diag unix_diag netlink_diag af_packet_diag nlmon)
boot=(virtio_pci 9pnet_virtio 9p overlay)

cannot() { echo "$*"; exit 1; }
[ "$(uname -m)" = x86_64 ] || cannot "the guest is an x86_64 one, and this machine is $(uname -m)"
command -v apt-get >/dev/null || cannot "there is no apt-get to fetch Debian's kernel with"

missing=()
for need in qemu-system-x86_64:qemu-system-x86 modprobe:kmod cpio:cpio xz:xz-utils zstd:zstd; do
    command -v "${need%%:*}" >/dev/null || missing+=("${need##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing Debian packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } || cannot "these Debian packages do not install: ${missing[*]}"
fi

# Another release is read with a sources list and state folders of its own, which stay for the next time; the machine's are left alone.
if [[ $wanted == */* ]]; then
    release=${wanted#*/} wanted=${wanted%%/*}
    [[ $wanted && $release =~ ^[a-z][a-z-]*$ ]] || cannot "'$2' is no kernel: a version or a package, and behind a '/' a release of Debian's, as in linux-image-amd64/trixie-backports"
    own_apt "$folder-apt" "$release"
fi

# A version has a package of its own name where it is not the distribution's first; there, linux-image-amd64 depends on it.
depends() { { apt_cache depends "$1" 2>/dev/null || true; } | awk '/ Depends: linux-image-/ { print $2; exit }'; }
image_of() {
    case $wanted in
        [0-9]*) { depends "linux-image-$wanted-amd64"; depends linux-image-amd64; } | awk -v start="linux-image-$wanted." 'index($0, start) == 1 { print; exit }' ;;
        *) depends "$wanted" ;;
    esac
}
image=$(image_of)
[ -n "$image" ] || { apt_get update || true; image=$(image_of); }
[ -n "$image" ] || cannot "apt knows no kernel ${2:-$wanted}"
version=${image#linux-image-}
if [ "$(cat "$folder/version" 2>/dev/null || true)" = "$version" ] && [ "$folder/initrd" -nt "$here/init.sh" ] && [ "$folder/initrd" -nt "$0" ]; then
    exit 0
fi

echo "Fetching Debian's kernel $version"
rm -rf "$folder"
mkdir -p "$folder/lib/modules/$version"
work=$(mktemp -d "$folder/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
# Newer images are in several packages.
mapfile -t parts < <(apt_cache depends "$image" | awk '/ Depends: linux-(base|binary|modules)-[0-9]/ { print $2 }')
fetch() { (cd "$work" && apt_get download "$image" "${parts[@]}" busybox-static); }
fetch || { apt_get update && fetch; } || cannot "apt does not fetch $image"
for package in "$work"/*.deb; do dpkg -x "$package" "$work/tree"; done
# Newer packages have their modules under /usr/lib.
[ -d "$work/tree/lib/modules" ] || ln -s usr/lib "$work/tree/lib"
depmod -b "$work/tree" "$version"

# The kernel itself, out of its slow shell: where the payload begins and how long it is stands in the boot header (Documentation/arch/x86/boot.rst).
kernel=$(find "$work/tree" -name "vmlinuz*" -type f | head -n 1)
field() { od -An -j "$1" -N "$2" -t "u$2" "$kernel" | tr -d ' '; }
start=$(( ($(field 0x1f1 1) + 1) * 512 + $(field 0x248 4) ))
payload() { dd if="$kernel" bs=64K iflag=skip_bytes,count_bytes skip="$start" count="$1" status=none; }
length=$(($(field 0x24c 4) - 4))
case $(payload 4 | od -An -t x1 | tr -d ' ') in
    fd377a58) payload "$length" | xz -dc ;;
    28b52ffd) payload "$length" | zstd -dcq ;;
    *) cannot "the kernel $version is packed in a way that is not known here" ;;
esac >"$folder/vmlinux"

# The modules with all that they need, unpacked; those built into the kernel drop out.
unpack() {
    case $1 in
        *.xz) xz -dc "$1" >"$2/$(basename "$1" .xz)" ;;
        *.zst) zstd -dcq "$1" >"$2/$(basename "$1" .zst)" ;;
        *) cp "$1" "$2" ;;
    esac
}
closure() { for module in "$@"; do modprobe -d "$work/tree" -S "$version" --show-depends "$module" 2>/dev/null || true; done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'; }
for list in builtin builtin.modinfo order; do
    [ ! -e "$work/tree/lib/modules/$version/modules.$list" ] || cp "$work/tree/lib/modules/$version/modules.$list" "$folder/lib/modules/$version/"
done
for path in $(closure "${modules[@]}"); do unpack "$path" "$folder/lib/modules/$version"; done
depmod -b "$folder" "$version"

# The initial file system: busybox, what it takes to reach the host's files, and the script that does it.
root=$work/root
mkdir -p "$root"/{bin,proc,sys,dev,mods,host,top,new}
cp "$work/tree/bin/busybox" "$root/bin/" 2>/dev/null || cp "$work/tree/usr/bin/busybox" "$root/bin/"
for path in $(closure "${boot[@]}"); do
    unpack "$path" "$root/mods"
    name=$(basename "$path")
    echo "${name%%.*}" >>"$root/mods/order"
done
cp "$here/init.sh" "$root/init"
chmod +x "$root/init"
(cd "$root" && find . | LC_ALL=C sort | cpio -o -H newc --quiet) >"$folder/initrd"
echo "$version" >"$folder/version"
