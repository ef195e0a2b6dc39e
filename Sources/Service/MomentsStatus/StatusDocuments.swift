internal import MomentsCore

/// How many jobs there are in each status.
struct JobCounts: Encodable, Hashable, Sendable {
    var counts: [JobStatus: Int] = [:]

    init(_ index: JobIndex) { counts = index.counts }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for status in JobStatus.allCases { try container.encode(counts[status] ?? 0, forKey: Key(status)) }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ status: JobStatus) { stringValue = status.rawValue }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// The answer of `/health`.
struct HealthAnswer: Encodable, Sendable {
    let report: HealthReport
    let version: String
    let uptime: Double
    let listeners: Int
    let jobs: JobCounts

    private enum CodingKeys: String, CodingKey {
        case version
        case uptime
        case listeners
        case jobs
    }

    func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode((uptime * 10).rounded() / 10, forKey: .uptime)
        try container.encode(listeners, forKey: .listeners)
        try container.encode(jobs, forKey: .jobs)
    }
}

/// The answer of `/formats`.
struct FormatsAnswer: Encodable, Sendable {
    let decidedBy = "content"
    let formats: [ServiceCatalog.Format]
    let limits: Limits

    private enum CodingKeys: String, CodingKey {
        case decidedBy = "decided_by"
        case formats
        case limits
    }

    init(_ catalog: ServiceCatalog) {
        formats = catalog.formats
        limits = catalog.limits
    }
}

/// The answer of `/presets`.
struct PresetsAnswer: Encodable, Sendable {
    let presets: [ServiceCatalog.Preset]
    let preset: String?

    private enum CodingKeys: String, CodingKey {
        case presets
        case preset = "default"
    }

    init(_ catalog: ServiceCatalog) {
        presets = catalog.presets
        preset = catalog.defaultPreset
    }
}

/// The answer of `/models`.
struct ModelsAnswer: Encodable, Sendable {
    let models: [ServiceCatalog.Analyser]

    init(_ catalog: ServiceCatalog) { models = catalog.analysers }
}

/// What a stream of events begins with.
struct Snapshot: Encodable, Sendable {
    let version: String
    let health: HealthReport.Status
    let counts: JobCounts
    /// The jobs that are not over, or the one that was asked for.
    let jobs: [Manifest]
    /// How many events were lost before this snapshot, because they were not read in time.
    let lost: Int
}
