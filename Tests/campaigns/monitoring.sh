#!/usr/bin/env bash
# The numbers of a working daemon, read by a real Prometheus the way examples/monitoring says: the form of /metrics, the
# rules, and every query of rules and dashboard.
#
#   Tests/campaigns/monitoring.sh
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/standin.sh"
set_up jq prometheus systemd
children=()
stop_all() {
    if ((${#children[@]} > 0)); then kill "${children[@]}" 2>/dev/null || true; fi
    tear_down
}
trap stop_all EXIT
make_worker 0.1
start_daemon '[Intake]' 'SettleTime=200ms' '[Workers]' "Program=$place/worker"
for ((index = 1; index <= 5; index++)); do make_video "$place/inbox/clip-$index.ts" 200; done

port=$((20000 + RANDOM % 10000))
systemd-socket-activate --listen="127.0.0.1:$port" /lib/systemd/systemd-socket-proxyd "$place/status.sock" \
    >"$place/proxy.log" 2>&1 &
children+=($!)
cp examples/monitoring/momentsd.rules.yml "$place/"
{
    printf 'global:\n  scrape_interval: 1s\n  evaluation_interval: 1s\n'
    sed -e "s/127.0.0.1:9836/127.0.0.1:$port/" examples/monitoring/prometheus.yml
} >"$place/prometheus.yml"
promtool check rules "$place/momentsd.rules.yml"
promtool check config "$place/prometheus.yml"
prometheus --config.file="$place/prometheus.yml" --storage.tsdb.path="$place/data" \
    --web.listen-address="127.0.0.1:$((port + 1))" >"$place/prometheus.log" 2>&1 &
children+=($!)

query() { curl -sG --max-time 10 "http://127.0.0.1:$((port + 1))/api/v1/query" --data-urlencode "query=$1"; }
rows() { query "$1" | jq '.data.result | length' 2>/dev/null || echo 0; }
seen() { [[ $(rows 'momentsd_stage_seconds_count and up == 1 or momentsd_jobs_finished_total{status="completed"} == 5') -gt 0 ]]; }
for ((tries = 0; tries < 240; tries++)); do
    if seen; then break; fi
    check_daemon
    sleep 0.5
done
seen || fail "Prometheus saw no numbers within two minutes: $(tail -n 3 "$place/prometheus.log" "$place/proxy.log")"
ask /metrics | promtool check metrics

faults=0
total=0
while IFS= read -r expression; do
    total=$((total + 1))
    status=$(query "$expression" | jq -r .status)
    if [[ $status != success ]]; then
        echo "FAILED  $expression"
        faults=$((faults + 1))
    fi
    # Each number it asks for is one that momentsd has.
    while IFS= read -r name; do
        [[ $name == momentsd:* || $(rows "$name") -gt 0 ]] || { echo "FAILED  there is no $name" && faults=$((faults + 1)); }
    done < <(grep -oE 'momentsd_[a-z_]+' <<<"$expression" | sort -u)
done < <(
    jq -r '.panels[].targets[].expr' examples/monitoring/dashboard.json
    sed -n 's/^ *expr: //p' examples/monitoring/momentsd.rules.yml
)
down=$(curl -s "http://127.0.0.1:$((port + 1))/api/v1/alerts" | jq '[.data.alerts[] | select(.state == "firing")] | length')
echo "$total queries asked, $faults wrong, $down alerts"
((faults == 0 && total > 15 && down == 0))
