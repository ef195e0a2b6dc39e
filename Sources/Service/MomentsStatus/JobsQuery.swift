internal import MomentsCore

/// The parameters of `/jobs`, checked.
struct JobsQuery: Hashable, Sendable {
    /// A parameter that cannot be.
    struct Failure: Error, Hashable {
        let reason: String
        let allowed: [String]
    }

    /// The most jobs one answer holds.
    static let mostJobs = 1000
    /// The statuses wanted; empty for all.
    var statuses: Set<JobStatus> = []
    /// How many jobs at most.
    var limit = 100
    /// How many to leave out first.
    var offset = 0

    init(_ query: [(key: String, value: String)]) throws(Failure) {
        var page: Int?
        var seen: Set<String> = []
        for (key, value) in query {
            guard seen.insert(key).inserted else {
                throw Failure(reason: "the parameter '\(Escaping.excerpt(key))' is there twice", allowed: [])
            }
            switch key {
            case "status": statuses = try Self.statuses(value)
            case "limit", "page_size": limit = try Self.number(value, of: key, from: 1, to: Self.mostJobs)
            case "offset": offset = try Self.number(value, of: key, from: 0, to: 1_000_000_000)
            case "page": page = try Self.number(value, of: key, from: 1, to: 1_000_000)
            default:
                throw Failure(
                    reason: "the parameter '\(Escaping.excerpt(key))' is not known",
                    allowed: ["status", "limit", "offset", "page", "page_size"]
                )
            }
        }
        guard !(seen.contains("limit") && seen.contains("page_size")), !(page != nil && seen.contains("offset")) else {
            throw Failure(reason: "give either limit and offset, or page and page_size", allowed: [])
        }
        if let page { offset = (page - 1) * limit }
    }

    private static func statuses(_ value: String) throws(Failure) -> Set<JobStatus> {
        var statuses: Set<JobStatus> = []
        for word in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let status = JobStatus(rawValue: String(word)) else {
                throw Failure(
                    reason: "status cannot be '\(Escaping.excerpt(value))'",
                    allowed: JobStatus.allCases.map(\.rawValue)
                )
            }
            statuses.insert(status)
        }
        return statuses
    }

    private static func number(_ value: String, of key: String, from least: Int, to most: Int) throws(Failure) -> Int {
        let isNumber = !value.isEmpty && value.utf8.allSatisfy { (48...57).contains($0) }
        guard isNumber, let number = Int(value), (least...most).contains(number) else {
            throw Failure(
                reason: "\(key) cannot be '\(Escaping.excerpt(value))'",
                allowed: ["a whole number from \(least) to \(most)"]
            )
        }
        return number
    }
}
