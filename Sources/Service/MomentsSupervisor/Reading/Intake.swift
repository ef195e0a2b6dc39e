package import MomentsCore
package import MomentsWatch

/// What has to be looked at, in the order of its urgency; pure.
///
/// What was just reported goes first, then what is due for single videos; then looking through everything, and last what
/// has been arriving for long, and manifests.
package struct Intake {
    /// One thing to look at.
    package enum Item: Hashable {
        case events([WatchEvent])
        case video(FilePath, Deadline.Video)
        case orphan(String)
        /// Inbox and outbox themselves.
        case folders
        /// The videos of running workers.
        case runs
        case poll
        /// The folders' times.
        case survey
        /// Everything.
        case everything
    }

    private var events: [WatchEvent] = []
    private var known: Set<WatchEvent> = []
    private var videos = Line()
    private var stale = Line()
    private var orphans: [String] = []
    private var others: [Item] = []
    /// Whether somebody is at it.
    var isBusy = false

    /// Makes an intake with nothing to look at.
    package init() {}

    /// Reports that wait at most; with more, everything is looked through.
    private static let most = 100_000

    /// Adds reports; one that waits already is not added again.
    package mutating func add(_ new: [WatchEvent]) {
        for event in new where known.insert(event).inserted { events.append(event) }
        guard events.count > Self.most else { return }
        (events, known) = ([.everything("more was reported than can be followed")], [])
    }

    /// Adds something that is due for a video.
    package mutating func add(_ path: FilePath, _ what: Deadline.Video, isStale: Bool) {
        // That manifests were written is reported too, thousands of our own perhaps: such looks come last.
        if isStale || what == .manifest { stale.add((path, what)) } else { videos.add((path, what)) }
    }

    /// Adds something else, unless it waits already.
    package mutating func add(_ item: Item) {
        if case .orphan(let key) = item { return orphans.append(key) }
        if !others.contains(item) { others.append(item) }
    }

    /// Whether reports wait.
    package var hasEvents: Bool { !events.isEmpty }

    /// Takes the reports.
    mutating func takeEvents() -> [WatchEvent] {
        defer { (events, known) = ([], []) }
        return events
    }

    /// Takes what is to be looked at next.
    package mutating func next() -> Item? {
        if hasEvents { return .events(takeEvents()) }
        if let index = others.firstIndex(where: { $0 == .folders || $0 == .runs }) { return others.remove(at: index) }
        if let (path, what) = videos.next() { return .video(path, what) }
        if !others.isEmpty { return others.removeFirst() }
        if let key = orphans.popLast() { return .orphan(key) }
        return stale.next().map { .video($0, $1) }
    }

    /// Things to look at one after the other.
    private struct Line {
        private var waiting: [(FilePath, Deadline.Video)] = []
        private var first = 0

        mutating func add(_ entry: (FilePath, Deadline.Video)) { waiting.append(entry) }

        mutating func next() -> (FilePath, Deadline.Video)? {
            guard first < waiting.count else { return nil }
            defer {
                first += 1
                if first == waiting.count { (waiting, first) = ([], 0) }
            }
            return waiting[first]
        }
    }
}
