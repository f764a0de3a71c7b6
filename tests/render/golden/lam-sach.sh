#!/bin/sh
# sh lam-sach.sh MIRROR.git
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
export HERE FILTER_BRANCH_SQUELCH_WARNING=1
cd "$1"
if git filter-repo --version >/dev/null 2>&1; then
  git filter-repo --force \
    --blob-callback "$(cat "$HERE/blob.py")" --commit-callback "$(cat "$HERE/commit.py")"
else
  for clean in "$HERE"/sach/tep/*; do
    if [ -e "$clean" ]; then echo "s/ ${clean##*/} / $(git hash-object -w "$clean") /"; fi
  done > "$HERE/thay.sed"
  git filter-branch -f \
    --index-filter 'git ls-files -s -- content/register/people/0a/p-0a1b2c3d.yml '"'"'content/mot bai.md'"'"' | sed -f "$HERE/thay.sed" | git update-index --index-info' \
    --msg-filter 'if [ -e "$HERE/sach/loi/$GIT_COMMIT" ]; then cat "$HERE/sach/loi/$GIT_COMMIT"; else cat; fi' \
    --env-filter 'case $GIT_COMMIT in eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee) GIT_AUTHOR_NAME=-; GIT_AUTHOR_EMAIL=-; GIT_COMMITTER_NAME=-; GIT_COMMITTER_EMAIL=-;; esac' \
    --tag-name-filter cat -- --all
fi
git for-each-ref --format='delete %(refname)' refs/original | git update-ref --stdin
git reflog expire --expire=now --all
git gc --quiet --prune=now
