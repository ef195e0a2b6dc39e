internal import MomentsCore

/// Finds the answer to a request; knows nothing of sockets.
struct StatusRouter: Sendable {
    /// Every path there is.
    static let paths = [
        "/health", "/jobs", "/jobs/ID", "/events", "/jobs/ID/events", "/formats", "/presets", "/models", "/metrics",
    ]
    /// The longest path that is looked at, in bytes.
    static let longestPath = 512

    let board: StatusBoard

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - method: "GET" or "HEAD"; anything else is refused.
    ///   - path: The path, with its percent escapes resolved.
    ///   - query: The parameters behind the question mark, in their order.
    /// - Returns: The answer.
    func answer(method: String, path: String, query: [(key: String, value: String)]) -> StatusAnswer {
        guard method == "GET" || method == "HEAD" else {
            return .refusal(405, "this socket only shows things", allowed: ["GET", "HEAD"])
        }
        guard path.utf8.count <= Self.longestPath else { return .refusal(414, "the path is too long") }
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        if parts == ["jobs"] { return jobs(query) }
        guard query.isEmpty else {
            return .refusal(400, "\(Escaping.excerpt(path)) takes no parameters; only /jobs does")
        }
        switch parts.first {
        case "health" where parts.count == 1: return health()
        case "jobs" where parts.count == 2: return job(parts[1]) { .json($0) }
        case "jobs" where parts.count == 3 && parts[2] == "events":
            return job(parts[1]) { StatusAnswer(code: 200, body: .events(job: $0.jobID)) }
        case "events" where parts.count == 1: return StatusAnswer(code: 200, body: .events(job: nil))
        case "formats" where parts.count == 1: return .json(FormatsAnswer(board.look { $0.catalog }))
        case "presets" where parts.count == 1: return .json(PresetsAnswer(board.look { $0.catalog }))
        case "models" where parts.count == 1: return .json(ModelsAnswer(board.look { $0.catalog }))
        case "metrics" where parts.count == 1:
            let text = StatusMetrics(board).text
            return StatusAnswer(code: 200, body: .document(Array(text.utf8), type: "text/plain; version=0.0.4"))
        default: return .refusal(404, "there is nothing at \(Escaping.excerpt(path))", allowed: Self.paths)
        }
    }

    private func job(_ identifier: String, _ found: (Manifest) -> StatusAnswer) -> StatusAnswer {
        guard JobIdentifier.isValid(identifier) else {
            return .refusal(400, "'\(Escaping.excerpt(identifier))' is no job identifier; /jobs lists them")
        }
        guard let manifest = board.job(identifier) else {
            return .refusal(404, "there is no job \(identifier); /jobs lists them")
        }
        return found(manifest)
    }

    private func health() -> StatusAnswer {
        let measure = board.look { $0.freeSpace }
        let free = measure?()
        let report = board.look { state in
            var health = state.health
            if let free { health.freeSpace = free }
            return HealthDocument(
                health,
                version: board.version,
                uptime: board.uptime,
                listeners: state.queues.count,
                jobs: JobCounts(counts: state.index.counts)
            )
        }
        // Probes look at the code alone.
        return .json(report, code: report.report.status == .unhealthy ? 503 : 200)
    }

    private func jobs(_ query: [(key: String, value: String)]) -> StatusAnswer {
        let page: JobsQuery
        do { page = try JobsQuery(query) } catch {
            return .refusal(400, error.reason, allowed: error.allowed)
        }
        guard let answer = JobsAnswer(board, page) else { return .refusal(500, "the answer cannot be written") }
        return StatusAnswer(code: 200, body: .document(answer.bytes, type: "application/json"))
    }
}
