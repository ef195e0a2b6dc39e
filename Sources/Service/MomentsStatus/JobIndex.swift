internal import MomentsCore

/// The identifiers of all jobs in their order, which is that of their making, as a whole and by status.
///
/// A question for one page then costs that page, however many jobs there are.
struct JobIndex: Sendable {
    private var all: [String] = []
    private var byStatus: [JobStatus: [String]] = [:]

    /// How many jobs are in each status.
    var counts: [JobStatus: Int] { byStatus.mapValues(\.count) }

    /// Takes in that a job came (`before` is nil), changed its status, or went (`now` is nil).
    mutating func change(_ job: String, from before: JobStatus?, to now: JobStatus?) {
        guard before != now else { return }
        if before == nil { Self.insert(job, into: &all) }
        if now == nil { Self.remove(job, from: &all) }
        if let before { Self.remove(job, from: &byStatus[before, default: []]) }
        if let now { Self.insert(job, into: &byStatus[now, default: []]) }
    }

    /// One page of the jobs in some statuses, the newest first.
    ///
    /// - Parameters:
    ///   - statuses: The statuses wanted; empty for all.
    ///   - offset: How many of the newest to leave out.
    ///   - limit: How many at most.
    /// - Returns: The page, and how many there are in all.
    func page(_ statuses: Set<JobStatus>, offset: Int, limit: Int) -> (jobs: [String], total: Int) {
        let lists = statuses.isEmpty ? [all] : statuses.compactMap { byStatus[$0] }
        let total = lists.reduce(0) { $0 + $1.count }
        guard lists.count > 1 else {
            return (Array((lists.first ?? []).dropLast(offset).suffix(limit).reversed()), total)
        }
        // From the ends of several lists: the newest of them all is taken again and again.
        var left = lists.map { $0[...] }
        var page: [String] = []
        for number in 0..<min(total, offset + limit) {
            guard let newest = left.indices.max(by: { (left[$0].last ?? "") < (left[$1].last ?? "") }),
                let job = left[newest].popLast()
            else { break }
            if number >= offset { page.append(job) }
        }
        return (page, total)
    }

    private static func place(of job: String, in list: [String]) -> Int {
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle] < job { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func insert(_ job: String, into list: inout [String]) {
        list.insert(job, at: place(of: job, in: list))
    }

    private static func remove(_ job: String, from list: inout [String]) {
        let place = place(of: job, in: list)
        if place < list.count, list[place] == job { list.remove(at: place) }
    }
}
