internal import MomentsCore

/// The numbers of the service in Prometheus's text form, version 0.0.4.
struct StatusMetrics {
    /// The whole text.
    let text: String

    init(_ board: StatusBoard) {
        var writer = Writer()
        let measure = board.look { $0.freeSpace }
        let (health, counters, counts, listeners) = board.look { state in
            (state.health, state.counters, state.index.counts, state.queues.count)
        }
        writer.family("momentsd_build_info", "gauge", "The version that runs.", [("version", board.version, 1)])
        writer.family("momentsd_uptime_seconds", "gauge", "Seconds since the start.", board.uptime)
        // Measured when it is asked for, as /health does.
        Self.state(health, counts, measure?() ?? health.freeSpace, &writer)
        writer.family("momentsd_listeners", "gauge", "Open event streams.", Double(listeners))
        Self.past(counters, &writer)
        Self.judge(counters, &writer)
        text = writer.text
    }

    /// How the service is, and what is in it.
    private static func state(
        _ health: HealthReport,
        _ counts: [JobStatus: Int],
        _ space: HealthReport.FreeSpace,
        _ writer: inout Writer
    ) {
        writer.family(
            "momentsd_health",
            "gauge",
            "1 for the status the service is in.",
            HealthReport.Status.allCases.map { ("status", $0.rawValue, $0 == health.status ? 1 : 0) }
        )
        writer.family(
            "momentsd_jobs",
            "gauge",
            "Jobs by status.",
            JobStatus.allCases.map { ("status", $0.rawValue, Double(counts[$0] ?? 0)) }
        )
        writer.family("momentsd_active_jobs", "gauge", "Jobs that have a worker.", Double(health.activeJobs))
        writer.family("momentsd_queue_length", "gauge", "Jobs that wait for a worker.", Double(health.queue))
        writer.family("momentsd_workers", "gauge", "Workers that may run at once.", Double(health.workers))
        let free = [
            ("folder", "inbox", space.inbox), ("folder", "outbox", space.outbox), ("folder", "state", space.state),
        ]
        writer.family(
            "momentsd_free_bytes",
            "gauge",
            "Bytes that can still be written.",
            free.compactMap { entry in entry.2.map { (entry.0, entry.1, Double($0)) } }
        )
    }

    /// What was done since the start, and how long it took.
    private static func past(_ counters: StatusBoard.Counters, _ writer: inout Writer) {
        let ended = [
            ("status", "completed", Double(counters.completed)), ("status", "failed", Double(counters.failed)),
            ("status", "cancelled", Double(counters.cancelled)),
        ]
        let (processing, media) = (counters.processingSeconds, counters.mediaSeconds)
        writer.family("momentsd_jobs_finished_total", "counter", "Jobs ended since the start.", ended)
        writer.family(
            "momentsd_processing_seconds_total",
            "counter",
            "Seconds spent on completed jobs.",
            processing
        )
        writer.family("momentsd_media_seconds_total", "counter", "Seconds of video in completed jobs.", media)
        writer.family(
            "momentsd_stage_seconds",
            "Seconds that the stages of completed jobs took.",
            Stage.allCases.compactMap { stage in counters.stages[stage].map { ("stage", stage.rawValue, $0) } }
        )
        writer.family(
            "momentsd_arrival_seconds",
            "Seconds from a video's last change until it was taken as arrived.",
            [("", "", counters.arrivals)]
        )
    }

    private static func judge(_ counters: StatusBoard.Counters, _ writer: inout Writer) {
        writer.family(
            "momentsd_judged_jobs_total",
            "counter",
            "Jobs ended since the start that had a judge, by what came of it.",
            [("outcome", "answered", Double(counters.judged)), ("outcome", "failed", Double(counters.unjudged))]
        )
        writer.family(
            "momentsd_judge_cost_total",
            "counter",
            "What the judge cost, in whatever it counts.",
            counters.judgeCost
        )
    }

    private struct Writer {
        var text = ""

        mutating func family(_ name: String, _ type: String, _ help: String, _ value: Double) {
            head(name, type, help)
            text += "\(name) \(value)\n"
        }

        mutating func family(_ name: String, _ type: String, _ help: String, _ values: [(String, String, Double)]) {
            guard !values.isEmpty else { return }
            head(name, type, help)
            for (label, text, value) in values { self.text += "\(name){\(label)=\"\(text)\"} \(value)\n" }
        }

        /// Histograms, each with a label or, with an empty one, alone.
        mutating func family(_ name: String, _ help: String, _ histograms: [(String, String, Histogram)]) {
            guard !histograms.isEmpty else { return }
            head(name, "histogram", help)
            for (label, text, histogram) in histograms {
                let own = label.isEmpty ? "" : "\(label)=\"\(text)\""
                let comma = own.isEmpty ? "" : ","
                for (bound, count) in histogram.cumulative {
                    self.text += "\(name)_bucket{\(own)\(comma)le=\"\(bound)\"} \(count)\n"
                }
                self.text += "\(name)_bucket{\(own)\(comma)le=\"+Inf\"} \(histogram.count)\n"
                let braces = own.isEmpty ? "" : "{\(own)}"
                self.text += "\(name)_sum\(braces) \(histogram.sum)\n\(name)_count\(braces) \(histogram.count)\n"
            }
        }

        private mutating func head(_ name: String, _ type: String, _ help: String) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        }
    }
}
