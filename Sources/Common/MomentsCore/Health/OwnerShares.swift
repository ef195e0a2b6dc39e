/// Those who share the inbox, as `/health` tells of them.
public struct OwnerShares: Hashable, Codable, Sendable {
    /// No more owners than these are told of.
    public static let most = 100

    /// What tells them apart.
    public let by: FairShare
    /// Those who have jobs, the busiest first.
    public let owners: [OwnerShare]
    /// How many more there are.
    public let others: Int

    /// Takes the busiest.
    ///
    /// - Parameters:
    ///   - by: What tells them apart.
    ///   - owners: All of them, in no order.
    public init(by: FairShare, _ owners: [OwnerShare]) {
        self.by = by
        let ordered = owners.sorted { first, second in
            let (one, other) = (Self.weights(first), Self.weights(second))
            return one == other ? first.name < second.name : one > other
        }
        self.owners = Array(ordered.prefix(Self.most))
        others = ordered.count - self.owners.count
    }

    private static func weights(_ share: OwnerShare) -> (Int, Int, Int) {
        let jobs = share.jobs
        return (jobs[.processing], jobs[.pending] + jobs[.uploading], jobs.counts.values.reduce(0, +))
    }
}
