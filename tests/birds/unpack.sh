#!/bin/bash
# Unpacks newer BIRDs of Debian beside the installed one, without installing them: BIRD 2.17 and 3.1 of trixie, with the
# libraries that they need, each in a folder with wrappers 'bird' and 'birdc'. apt verifies the packages' signatures, with
# a sources list and state folders of its own. What is there already is left as it is.
#
# usage: unpack.sh FOLDER
# afterwards: FOLDER/bird2/bird, FOLDER/bird2/birdc, FOLDER/bird3/bird, FOLDER/bird3/birdc
set -euo pipefail

. "$(dirname "$0")/../apt.sh"
folder=$(mkdir -p "$1" && cd "$1" && pwd)
release=trixie
libraries=(libc6 libssh-4 libreadline8t64 libtinfo6 libssl3t64 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libcom-err2
    libkrb5support0 zlib1g libzstd1 libkeyutils1 libcap2)

wanted=()
for bird in bird2 bird3; do
    [ -x "$folder/$bird/birdc" ] || wanted+=("$bird")
done
[ ${#wanted[@]} -gt 0 ] || exit 0

work=$(mktemp -d "$folder/new-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/debs"
chmod 755 "$folder" "$work"
own_apt "$work/apt" "$release"
apt_get update
(cd "$work/debs" && apt_get download "${wanted[@]/%//$release}" "${libraries[@]/%//$release}")

for bird in "${wanted[@]}"; do
    root="$work/$bird"
    mkdir "$root"
    for package in "$bird" "${libraries[@]}"; do
        dpkg -x "$work/debs/${package}"_*.deb "$root"
    done
    libs=$(dirname "$(find "$root/usr/lib" -name 'libssh.so.4' | head -n 1)")
    libs=${libs#"$root"}
    loader=$(cd "$root" && find usr/lib -name 'ld-linux*' | head -n 1)
    for program in bird birdc; do
        # $0's own folder: this one is moved into its place when it is whole.
        cat > "$root/$program" <<WRAPPER
#!/bin/sh
here=\$(dirname "\$0")
exec "\$here/$loader" --library-path "\$here$libs" "\$here/usr/sbin/$program" "\$@"
WRAPPER
        chmod 755 "$root/$program"
    done
    "$root/bird" --version
    rm -rf "${folder:?}/$bird"
    mv "$root" "$folder/$bird"
done
