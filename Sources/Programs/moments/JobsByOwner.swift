internal import MomentsCore
internal import MomentsSystem

/// The jobs the daemon knows, by whose they are.
struct JobsByOwner: Encodable {
    /// One of those who share the inbox, and its jobs.
    struct Group: Encodable {
        let share: OwnerShare
        /// The newest first, as far as they were asked for.
        var listed: [Manifest] = []

        private enum CodingKeys: String, CodingKey { case listed }

        func encode(to encoder: any Encoder) throws {
            try share.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(listed, forKey: .listed)
        }
    }

    /// What tells owners apart.
    let by: FairShare
    /// The busiest first.
    private(set) var owners: [Group]
    /// How many owners are not told of.
    let others: Int

    /// Sorts jobs by their owners.
    ///
    /// - Parameters:
    ///   - jobs: The jobs, the newest first.
    ///   - shares: What the daemon tells of owners; nil where nobody takes turns: then it is who owns the files.
    init(_ jobs: [Manifest], _ shares: OwnerShares?) {
        by = shares?.by ?? .owner
        others = shares?.others ?? 0
        var lists: [Owner: [Manifest]] = [:]
        var order: [Owner] = []
        for job in jobs {
            let owner = by.owner(user: job.source.owner, folder: job.source.folder)
            if lists[owner] == nil { order.append(owner) }
            lists[owner, default: []].append(job)
        }
        owners = (shares?.owners ?? []).map { Group(share: $0, listed: lists.removeValue(forKey: $0.owner) ?? []) }
        for owner in order {
            guard let list = lists[owner] else { continue }
            let counts = Dictionary(list.map { ($0.status, 1) }, uniquingKeysWith: +)
            let name = owner.folder ?? owner.user.map { UserName.of($0) } ?? "unknown"
            owners.append(Group(share: OwnerShare(owner, name: name, jobs: JobCounts(counts: counts)), listed: list))
        }
    }

    /// A line for each owner with its numbers, the reason why it waits, and its jobs.
    var lines: [String] {
        var lines: [String] = []
        for group in owners {
            lines.append(Self.line(group.share))
            if let reason = group.share.reason { lines.append("  ! waits until midnight: it \(Escaping.line(reason))") }
            lines += group.listed.map { JobLine.text($0) }
        }
        if others > 0 { lines.append("… and \(others) more owners") }
        return lines.isEmpty ? ["  no jobs"] : lines
    }

    /// An owner's name and numbers.
    static func line(_ share: OwnerShare) -> String {
        let counts = JobStatus.allCases.compactMap { status in
            share.jobs[status] > 0 ? "\(share.jobs[status]) \(status.rawValue)" : nil
        }
        let today =
            share.bytesToday > 0 ? "; today \(Words.bytes(share.bytesToday)), \(Words.time(share.secondsToday))" : ""
        return "\(share.display): " + counts.joined(separator: ", ") + today
    }
}
