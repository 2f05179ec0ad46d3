#!/bin/bash
# Unpacks newer BIRDs of Debian beside the installed one, without installing them: BIRD 2.17 and 3.1 of trixie, with the
# libraries that they need, each in a folder with wrappers 'bird' and 'birdc'. apt verifies the packages' signatures, with
# a sources list and state folders of its own. What is there already is left as it is.
#
# usage: unpack.sh FOLDER
# afterwards: FOLDER/bird2/bird, FOLDER/bird2/birdc, FOLDER/bird3/bird, FOLDER/bird3/birdc
set -euo pipefail

folder=$(mkdir -p "$1" && cd "$1" && pwd)
release=trixie
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
libraries=(libc6 libssh-4 libreadline8t64 libtinfo6 libssl3t64 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libcom-err2
    libkrb5support0 zlib1g libzstd1 libkeyutils1 libcap2)

wanted=()
for bird in bird2 bird3; do
    [ -x "$folder/$bird/birdc" ] || wanted+=("$bird")
done
[ ${#wanted[@]} -gt 0 ] || exit 0

work=$(mktemp -d "$folder/new-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs"
# apt gives up its rights to fetch, and must be able to reach its folders.
chmod 755 "$folder" "$work"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $release main" > "$work/sources.list"
options=(-qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$work/lists"
    -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root -o Acquire::Retries=2 -o Acquire::http::Timeout=30
    -o Acquire::Languages=none)
apt-get "${options[@]}" update
(cd "$work/debs" && apt-get "${options[@]}" download "${wanted[@]/%//$release}" "${libraries[@]/%//$release}")

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
