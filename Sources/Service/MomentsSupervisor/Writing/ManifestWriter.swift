package import MomentsCore
package import MomentsSystem

/// Which manifests have to be written, in which order, and which could not be; pure.
///
/// Manifests are written a few at a time, each as its job is then: what changes twice meanwhile is written once. Those that
/// a job goes on from come first: thousands of files that arrive or are given up at one moment hold nobody back.
package struct ManifestWriter {
    /// One manifest to be written.
    struct Piece: Sendable {
        let manifest: Manifest
        /// Whether to wait for the disk.
        let durable: Bool
        /// Whether the observers are told once it stands.
        let isToldAfter: Bool

        /// The video it stands beside.
        var path: FilePath { manifest.source.path }
    }

    /// Wishes in their order, each by its video and its number.
    private struct Line {
        private var wishes: [(path: FilePath, number: Int)] = []
        private var next = 0

        var first: Int? { next < wishes.count ? wishes[next].number : nil }

        mutating func append(_ path: FilePath, _ number: Int) { wishes.append((path, number)) }

        mutating func take() -> (path: FilePath, number: Int)? {
            guard next < wishes.count else { return nil }
            defer {
                next += 1
                if next == wishes.count { (wishes, next) = ([], 0) }
            }
            return wishes[next]
        }
    }

    private struct Wish {
        var durable: Bool
        var isToldAfter: Bool
        /// Its number; under an older one it no longer counts.
        var number: Int
        var isUrgent: Bool
    }

    private var wishes: [FilePath: Wish] = [:]
    private var (ahead, behind) = (Line(), Line())
    private var inFlight: Set<FilePath> = []
    /// The number of the first wish that is on its way.
    private var firstInFlight: Int?
    /// Videos whose manifest could not be written.
    private(set) var unwritten: Set<FilePath> = []
    /// Manifests that stay until their copies under a new name are on the disk; the jobs they belong to.
    private(set) var moved: [FilePath: String] = [:]
    /// Whether a manifest was ever written: an inbox that only may be read is told from a disk that fails by it.
    private(set) var hasWritten = false

    /// How many wishes there ever were.
    private(set) var wanted = 0
    /// So many of them are over without a gap, counted from the first.
    var over: Int { min(ahead.first ?? wanted, behind.first ?? wanted, firstInFlight ?? wanted) }

    /// How many are written at a time, and how many of them where nobody waits for any: what comes meanwhile waits for them.
    private static let (most, mostBehind) = (64, 8)

    /// Makes one that has nothing to write.
    package init() {}

    /// Notes that a manifest has to be written.
    ///
    /// - Parameters:
    ///   - path: The video it stands beside.
    ///   - durable: Whether to wait for the disk.
    ///   - isToldAfter: Whether the observers are told once it stands.
    ///   - isUrgent: Whether something waits for it.
    mutating func want(_ path: FilePath, durable: Bool, isToldAfter: Bool = false, isUrgent: Bool = true) {
        let old = wishes[path]
        var wish = old ?? Wish(durable: durable, isToldAfter: isToldAfter, number: wanted, isUrgent: isUrgent)
        wish.durable = wish.durable || durable
        wish.isToldAfter = wish.isToldAfter || isToldAfter
        // What was not urgent may become so, and then stands twice in line.
        if old == nil || (isUrgent && !wish.isUrgent) {
            (wish.number, wish.isUrgent) = (wanted, isUrgent)
            if isUrgent { ahead.append(path, wanted) } else { behind.append(path, wanted) }
            wanted += 1
        }
        wishes[path] = wish
    }

    /// Takes back that a manifest has to be written.
    mutating func drop(_ path: FilePath) {
        wishes[path] = nil
        unwritten.remove(path)
    }

    /// Whether a manifest is on its way to the disk.
    func isBusy(_ path: FilePath) -> Bool { wishes[path] != nil || inFlight.contains(path) }

    /// Whether everything stands that has to.
    var isIdle: Bool { wishes.isEmpty && inFlight.isEmpty }

    /// What is to be written next; nothing while something still is on its way.
    mutating func next(_ jobs: borrowing JobTable) -> [Piece] {
        guard inFlight.isEmpty else { return [] }
        var pieces: [Piece] = []
        while pieces.count < Self.most,
            let (path, number) = ahead.take() ?? (pieces.count < Self.mostBehind ? behind.take() : nil)
        {
            guard let wish = wishes[path], wish.number == number else {
                // It stood here before it became urgent.
                if inFlight.contains(path) { firstInFlight = min(firstInFlight ?? number, number) }
                continue
            }
            wishes[path] = nil
            guard let job = jobs[path] else { continue }
            pieces.append(Piece(manifest: job.manifest, durable: wish.durable, isToldAfter: wish.isToldAfter))
            inFlight.insert(path)
            firstInFlight = min(firstInFlight ?? number, number)
        }
        return pieces
    }

    /// Takes in that everything that was on its way has come to its end.
    mutating func landed() { (inFlight, firstInFlight) = ([], nil) }

    /// Takes in that a manifest was written.
    package mutating func wrote(_ path: FilePath) {
        hasWritten = true
        unwritten.remove(path)
    }

    /// What is well by now: nothing waits any more for being written once more.
    var settled: [Problem] { unwritten.isEmpty ? [.manifests, .readOnlyInbox, .server] : [] }

    /// Takes in that a manifest could not be written.
    ///
    /// - Returns: What is wrong.
    package mutating func failed(_ path: FilePath, _ error: SystemError) -> (Problem, String) {
        unwritten.insert(path)
        // One folder's server says nothing about the others; that of the whole inbox is told of as such.
        if error.isTimeout {
            return (
                .server,
                "A manifest cannot be written beside its video, because a file server does not answer (\(error)); it is tried "
                    + "again, and videos that lie elsewhere go on."
            )
        }
        // Without manifests nothing would be known after a restart; an inbox that never could be written to is used all
        // the same, because somebody wanted it so.
        let sentence =
            "A manifest cannot be written beside its video (\(error)); give the service write access to the inbox, or make "
            + "room there" + (hasWritten ? "; no job is started until then." : ".")
        return (hasWritten || error.isOutOfSpace ? .manifests : .readOnlyInbox, sentence)
    }

    /// Notes those that could not be written once more.
    mutating func retry() {
        let paths = unwritten
        unwritten = []
        for path in paths { want(path, durable: true) }
    }

    /// Notes that the manifest under an old name stays until the new one is on the disk.
    mutating func move(_ old: FilePath, _ jobID: String) {
        drop(old)
        moved[old] = jobID
    }

    /// Takes in that everything is on the disk.
    ///
    /// - Parameter waiting: Those that waited when that began.
    /// - Returns: Those whose old manifests are not needed any more.
    mutating func flushed(_ waiting: [FilePath: String]) -> [FilePath: String] {
        let done = waiting.filter { moved[$0.key] == $0.value }
        for old in done.keys { moved[old] = nil }
        return done
    }
}
