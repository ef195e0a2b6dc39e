package import MomentsCore
package import MomentsStore

/// The videos that wait for a worker, in a line for each owner, and whose turn it is; pure.
package struct OwnerLines {
    /// What a video's place in its owner's line depends on.
    package struct Place {
        /// Whether everybody else goes before it, whosever they are.
        let isBehind: Bool
        /// The smaller, the sooner.
        let rank: Double
        /// When its content last changed, in nanoseconds since 1970.
        let modified: Int64

        /// Describes a place.
        package init(isBehind: Bool = false, rank: Double, modified: Int64 = 0) {
            (self.isBehind, self.rank, self.modified) = (isBehind, rank, modified)
        }
    }

    private var lines: [Owner: WaitingLine] = [:]
    private var lastTicket: UInt64 = 0
    /// Those of whom nothing is started today, as the last look at the turns found: the end of a sentence for each.
    package private(set) var held: [Owner: String] = [:]

    /// Makes lines in which nobody waits.
    package init() {}

    /// Adds a video.
    ///
    /// - Returns: Its ticket.
    package mutating func add(_ path: FilePath, of owner: Owner, at place: Place) -> UInt64 {
        lastTicket += 1
        lines[owner, default: WaitingLine()].add(
            WaitingLine.Entry(
                isBehind: place.isBehind,
                rank: place.rank,
                modified: place.modified,
                path: path,
                ticket: lastTicket
            )
        )
        return lastTicket
    }

    /// The owners of whom something may be started, whose turn it is first.
    ///
    /// - Parameters:
    ///   - accounts: What each has had.
    ///   - limits: How much each may have.
    ///   - day: Today, in days since 1970.
    /// - Returns: The owners; those who had enough are not among them.
    package mutating func turns(_ accounts: OwnerAccounts, _ limits: OwnerLimits, on day: Int) -> [Owner] {
        held = [:]
        var turns: [(owner: Owner, first: WaitingLine.Entry)] = []
        for (owner, line) in lines {
            guard let first = line.entry(0) else { continue }
            if let reason = limits.refusal(accounts.used(by: owner, on: day)) {
                held[owner] = reason
            } else if accounts.running(owner) < limits.running ?? .max {
                turns.append((owner, first))
            }
        }
        turns.sort { first, second in
            if first.first.isBehind != second.first.isBehind { return second.first.isBehind }
            let (one, other) = (accounts.turn(of: first.owner), accounts.turn(of: second.owner))
            return one == other ? first.first.isBefore(second.first) : one < other
        }
        return turns.map(\.owner)
    }

    /// The entry of a place in an owner's line, counted from the one that is next; nil behind the last.
    func entry(_ place: Int, of owner: Owner) -> WaitingLine.Entry? { lines[owner]?.entry(place) }

    /// Takes the entry of a place out of an owner's line.
    mutating func remove(at place: Int, of owner: Owner) {
        lines[owner]?.remove(at: place)
        if lines[owner]?.isEmpty == true { lines[owner] = nil }
    }

    /// The first so many of an owner's line.
    func first(_ count: Int, of owner: Owner) -> [WaitingLine.Entry] { lines[owner]?.prefix(count) ?? [] }

    /// Takes out and returns the first of an owner's line; nil where nobody waits there.
    package mutating func takeFirst(of owner: Owner) -> FilePath? {
        guard let entry = entry(0, of: owner) else { return nil }
        remove(at: 0, of: owner)
        return entry.path
    }

    /// Empties the lines.
    mutating func clear() { (lines, held) = ([:], [:]) }
}
