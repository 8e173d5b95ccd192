#!/bin/sh
# Makes the namespace of the cases, sets how long it keeps ended ones, and teaches it the search attributes.
# Ends when they can be searched by: a server takes up to a minute to hear of them. Safe to run again.
# Reads TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_RETENTION; the CLI itself reads the first two.
set -eu

keywords='CaseKind Merchant Platform Stage Outcome PolicyEdition'
numbers='OpenWorkItems'

insist() { # for up to three minutes
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -ge 90 ]; then
      "$@" # once more, for its message; a failure ends the script
    fi
    sleep 2
  done
}

insist temporal operator cluster health

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"
fi

for name in $keywords; do
  insist temporal operator search-attribute create --name "$name" --type Keyword
done
for name in $numbers; do
  insist temporal operator search-attribute create --name "$name" --type Int
done

for name in $keywords $numbers; do
  insist temporal workflow count --query "$name IS NULL"
done
echo "namespace $TEMPORAL_NAMESPACE is ready"
