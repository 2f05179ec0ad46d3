# For scripts that take packages of another Debian release without touching the machine's own apt. To be sourced.

# apt-get and apt-cache, of the machine's own release until own_apt is called.
apt=()
apt_get() { apt-get -qq -o APT::Sandbox::User=root "${apt[@]}" "$@"; }
apt_cache() { apt-cache "${apt[@]}" "$@"; }

# own_apt FOLDER RELEASE: makes FOLDER a place for lists and archives, from where these two read RELEASE from now on. What a
# release of backports does not have is in the release.
own_apt() {
    local suite
    mkdir -p "$1"/{lists,archives}/partial
    # apt gives up its rights to fetch, and must be able to reach its folders.
    chmod 755 "$1"
    for suite in "${2%-backports}" "$2"; do
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${DEBIAN_MIRROR:-http://deb.debian.org/debian} $suite main"
    done | sort -u >"$1/sources.list"
    apt=(-o Dir::Etc::SourceList="$1/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$1/lists" -o Dir::Cache="$1"
        -o APT::Default-Release="$2" -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::Languages=none)
}
