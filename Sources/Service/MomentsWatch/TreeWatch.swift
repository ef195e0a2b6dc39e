internal import Glibc
public import MomentsCore
public import MomentsSystem

/// Watches the inbox with all its folders, by the kernel's reports or by looking, whichever works where.
///
/// It belongs to one queue: whoever owns it calls `drain` when `descriptor` becomes readable and `poll` at the polling
/// interval, and enters every folder it lists with `cover` before listing it.
public final class TreeWatch {
    private let inbox: RootedDirectory
    private let mode: WatchMode
    private let inotify: Inotify?
    private var paths: [Int32: FilePath] = [:]
    private var watches: [FilePath: Int32] = [:]
    /// The folders that are polled, and why.
    private var polled: [FilePath: String] = [:]
    private var times = FolderTimes()
    private var canaries = Canaries()

    /// Things worth telling a person, each once: a limit reached, a file system that reports nothing.
    public private(set) var notes: [String] = []

    /// Opens the kernel's queue, unless everything is to be polled; watches nothing yet.
    public init(inbox: RootedDirectory, mode: WatchMode) {
        self.inbox = inbox
        self.mode = mode
        do { inotify = mode == .poll ? nil : try Inotify() } catch {
            inotify = nil
            notes.append(
                "The kernel gives no more inotify instances (\(error.reason)), so the inbox is polled; raise "
                    + "fs.inotify.max_user_instances with sysctl."
            )
        }
    }

    /// Becomes readable when there is something to drain; nil when everything is polled.
    public var descriptor: CInt? { inotify?.number }

    /// Whether any folder has to be polled.
    public var isPolling: Bool { !polled.isEmpty }

    /// Watches one folder, if it is not watched yet; call it before listing the folder.
    ///
    /// - Parameter folder: A path below the inbox; empty for the inbox itself.
    public func cover(_ folder: FilePath) {
        let path = inbox.root.appending(folder)
        times.note(folder, path, at: Timestamp.now.milliseconds * 1_000_000)
        guard descriptor != nil else { return poll(folder, because: mode == .poll ? "as configured" : "inotify limit") }
        if mode == .auto, let kind = FileSystemKind.unseen(at: path) {
            poll(folder, because: "\(kind) does not report changes made elsewhere")
        } else {
            polled[folder] = nil
        }
        do {
            let opened = try inbox.open(folder, O_RDONLY | O_DIRECTORY)
            if mode == .auto, let device = try? opened.status(path).device, canaries.isBlind(device) {
                poll(folder, because: "a file made there for a test was not reported")
            }
            guard let watch = try inotify?.add(opened, path: path) else { return }
            if let old = paths[watch], old != folder { watches[old] = nil }
            paths[watch] = folder
            watches[folder] = watch
            if mode == .auto, polled[folder] == nil { canaries.send(into: opened, at: path) }
        } catch {
            // A folder that is gone again, or was swapped for a link, needs no watch; its parent reports the rest.
            guard error.code == ENOSPC || error.code == ENOMEM else { return }
            poll(folder, because: "the limit of inotify watches is reached (fs.inotify.max_user_watches)")
        }
    }

    /// Forgets every folder at or below `top` that is not among `folders`.
    public func retain(_ folders: Set<FilePath>, below top: FilePath) {
        let isGone = { (folder: FilePath) in !folders.contains(folder) && folder.relative(to: top) != nil }
        for (folder, watch) in watches where isGone(folder) {
            watches[folder] = nil
            // The same folder may be watched under a new name by now.
            if paths[watch] == folder {
                paths[watch] = nil
                inotify?.remove(watch)
            }
        }
        polled = polled.filter { !isGone($0.key) }
        times.forget(where: isGone)
    }

    /// Whether a folder of this path was listed, and is not known to be gone.
    public func covers(_ folder: FilePath) -> Bool { times.knows(folder) }

    /// When it has to be seen whether a test file was reported; nil for no test.
    public var canaryDue: Moment? { canaries.due }

    /// Takes in that test files were not reported.
    ///
    /// - Returns: Whether folders have to be covered again, because they are polled from now on.
    public func takeOverdueCanary(at now: Moment) -> Bool { canaries.takeOverdue(at: now) }

    /// Everything the kernel reported since the last call, each path once, in the order of the first report.
    public func drain() -> [WatchEvent] {
        guard let events = inotify?.drain() else { return [] }
        var reported: [WatchEvent] = []
        var known: Set<WatchEvent> = []
        for event in events {
            guard let change = change(by: event), known.insert(change).inserted else { continue }
            reported.append(change)
        }
        return reported
    }

    /// Looks at the times of the polled folders; each that may have changed gives an event.
    ///
    /// - Parameter now: Nanoseconds since 1970.
    /// - Returns: The folders to list again.
    public func poll(at now: Int64) -> [WatchEvent] { times.changed(in: inbox.root, at: now) { polled[$0] != nil } }

    /// Looks at the times of all folders, whether or not the kernel reports their changes.
    ///
    /// - Parameter now: Nanoseconds since 1970.
    /// - Returns: The folders to list again.
    public func survey(at now: Int64) -> [WatchEvent] { times.changed(in: inbox.root, at: now) { _ in true } }

    /// How the inbox is watched: one entry for the inbox, and one for each folder that differs from its parent.
    public var reports: [WatchReport] {
        let root = WatchReport(folder: "", mode: polled[""] == nil ? .inotify : .poll, reason: polled[""] ?? "")
        let others = polled.keys.sorted().filter { !$0.isEmpty && polled[$0.parent] != polled[$0] }
        return [root] + others.map { WatchReport(folder: $0, mode: .poll, reason: polled[$0] ?? "") }
    }

    private func change(by event: Inotify.Event) -> WatchEvent? {
        if event.isOverflow { return .everything("the kernel lost events (fs.inotify.max_queued_events)") }
        guard let folder = paths[event.watch] else { return nil }
        if AtomicFile.isTemporary(event.name) {
            canaries.hear(event.name)
            return nil
        }
        if event.isEnd {
            paths[event.watch] = nil
            if watches[folder] == event.watch { watches[folder] = nil }
            return folder.isEmpty ? .everything("the inbox was removed or unmounted") : .look(folder)
        }
        if event.isSelfMoved { return folder.isEmpty ? .everything("the inbox was renamed") : .look(folder) }
        return event.name.isEmpty ? nil : .look(folder.appending(event.name))
    }

    private func poll(_ folder: FilePath, because reason: String) {
        if polled[folder] == reason { return }
        polled[folder] = reason
        let note = "The inbox is polled, at least in part: \(reason)."
        if mode != .poll, !notes.contains(note) { notes.append(note) }
    }

    /// Gives out the notes that were not given out before.
    public func takeNotes() -> [String] {
        let fresh = notes.dropFirst(told)
        told = notes.count
        return Array(fresh)
    }

    private var told = 0
}
