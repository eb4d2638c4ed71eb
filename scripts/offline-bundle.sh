#!/bin/sh
# Everything a server without internet needs, in one file: the checkout with its packages installed, for this platform.
# scripts/offline-bundle.sh huiyin.tar.gz; there: tar xzf huiyin.tar.gz -C /opt && cp /opt/huiyin/ops/huiyin.service /etc/systemd/system/
set -eu
out=${1:?"name the file to write"}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/huiyin"
git -C "$root" archive HEAD | tar x -C "$work/huiyin"
(cd "$work/huiyin" && npm ci --no-audit --no-fund && npm prune --omit=dev --no-audit --no-fund && node_modules/.bin/node scripts/supply.ts --sbom sbom.cdx.json)
tar czf "$out" -C "$work" huiyin
sha256sum "$out"
