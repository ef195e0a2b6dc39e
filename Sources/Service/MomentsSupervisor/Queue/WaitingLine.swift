internal import MomentsCore

/// The videos that wait for a worker, in the order they are to be taken; pure.
///
/// Entries are not taken out when a job stops waiting: whoever looks for the next one checks that its ticket is still the
/// job's.
struct WaitingLine {
    /// One video that waits.
    struct Entry {
        /// Whether everybody else goes before it, whosever they are.
        let isBehind: Bool
        /// The smaller, the sooner.
        let rank: Double
        /// When its content last changed, in nanoseconds since 1970; the older goes first among equals.
        let modified: Int64
        let path: FilePath
        /// The number of this wish to be processed.
        let ticket: UInt64

        /// Whether this entry is to be taken before another.
        func isBefore(_ other: Entry) -> Bool {
            if isBehind != other.isBehind { return other.isBehind }
            return (rank, modified, path) < (other.rank, other.modified, other.path)
        }
    }

    /// Sorted backwards, so that the next one can be taken off the end.
    private var entries: [Entry] = []

    /// Adds a video; takes time in proportion to the logarithm of the line's length, and a move of what stands behind it.
    mutating func add(_ entry: Entry) {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entry.isBefore(entries[middle]) { low = middle + 1 } else { high = middle }
        }
        entries.insert(entry, at: low)
    }

    /// The entry of a place, counted from the one that is next; nil behind the last.
    func entry(_ place: Int) -> Entry? {
        place < entries.count ? entries[entries.count - 1 - place] : nil
    }

    /// Takes the entry of a place out, counted from the one that is next.
    mutating func remove(at place: Int) { entries.remove(at: entries.count - 1 - place) }

    /// Whether nobody stands in it.
    var isEmpty: Bool { entries.isEmpty }

    /// The first so many, the next one first.
    func prefix(_ count: Int) -> [Entry] { entries.suffix(count).reversed() }
}
