public import MomentsCore
internal import MomentsStore
public import MomentsSystem

/// `index.html` of the outbox: all results, newest first, and what has none yet or failed.
///
/// It belongs to one queue. A result more costs the same however many there are.
public final class Gallery {
    /// What became of writing it.
    public enum Writing: Sendable {
        case written
        /// Nothing has changed.
        case unchanged
        /// Somebody else's page has its name, and stays.
        case taken
    }

    /// Results the page shows without a script, and videos without one it names.
    private static let shown = 60

    private let outbox: FilePath
    private var shelf = GalleryShelf()
    private var tasks: [String: GalleryTask] = [:]
    private var isStale = true

    /// Makes an empty gallery.
    ///
    /// - Parameter outbox: The outbox.
    public init(outbox: FilePath) { self.outbox = outbox }

    /// Takes the results it had when it was written last, in place of those it has.
    ///
    /// - Throws: `SystemError` when the outbox cannot be used.
    public func read() throws(SystemError) {
        shelf = try GalleryFiles.holding(outbox) { files throws(SystemError) in
            try files.holdingBoxes { GalleryShelf(folder: $0) }
        }
        isStale = true
    }

    /// How many results it has.
    public var count: Int { shelf.count }

    /// Whether it has the result of that folder below the outbox.
    public func has(_ folder: FilePath) -> Bool { shelf.has(GalleryEntry.address(folder)) }

    /// Takes out every result that is no longer in the outbox, and puts in those it does not have.
    ///
    /// - Parameters:
    ///   - folders: The folders of all results.
    ///   - manifest: Reads the manifest of one it does not have.
    public func reconcile(_ folders: [FilePath], _ manifest: (FilePath) -> Manifest?) {
        let there = Set(folders.map(GalleryEntry.address))
        let gone = shelf.addresses.filter { !there.contains($0) }
        for address in gone { shelf.remove(address) }
        let new = folders.filter { !has($0) }.compactMap { manifest($0).flatMap(GalleryEntry.init) }.sorted(
            by: Self.isOlder
        )
        let newest = shelf.newest(1).first
        if shelf.isSparse || new.first.map({ first in newest.map { Self.isOlder(first, $0) } ?? false }) ?? false {
            shelf.refill((shelf.all + new).sorted(by: Self.isOlder))
        } else {
            for entry in new { shelf.put(entry) }
        }
        isStale = isStale || !gone.isEmpty || !new.isEmpty
    }

    private static func isOlder(_ first: GalleryEntry, _ second: GalleryEntry) -> Bool {
        (first.time, first.address) < (second.time, second.address)
    }

    /// Takes what is new of a job without a result, or of one that has none any more.
    ///
    /// - Parameter manifest: The job.
    public func take(_ manifest: Manifest) {
        let task = GalleryTask(manifest)
        if tasks[manifest.jobID] != task { isStale = true }
        tasks[manifest.jobID] = task
    }

    /// Takes a result that was published.
    ///
    /// - Parameter manifest: Its completed job; any other is passed over.
    public func put(_ manifest: Manifest) {
        guard let entry = GalleryEntry(manifest), !shelf.contains(entry) else { return }
        shelf.put(entry)
        isStale = true
    }

    /// Forgets a job that has no result.
    ///
    /// - Parameter jobID: The job.
    public func forget(_ jobID: String) {
        if tasks.removeValue(forKey: jobID) != nil { isStale = true }
    }

    /// Takes a result out that is no longer in the outbox.
    ///
    /// - Parameter folder: Its folder below the outbox.
    public func remove(_ folder: FilePath) {
        guard has(folder) else { return }
        shelf.remove(GalleryEntry.address(folder))
        isStale = true
    }

    /// Writes the page where anything changed, at once and whole.
    ///
    /// - Throws: `SystemError` when it cannot be; it is as stale as before then.
    public func write() throws(SystemError) -> Writing {
        guard isStale else { return .unchanged }
        return try GalleryFiles.holding(outbox) { files throws(SystemError) in
            guard files.isPageOurs else { return .taken }
            try files.holdingBoxes { folder throws(SystemError) in try shelf.write(in: folder) }
            try files.replacePage(page)
            isStale = false
            return .written
        }
    }

    /// Removes what was written; the gallery is as stale as a new one.
    ///
    /// - Throws: `SystemError` when something cannot be removed.
    public func clear() throws(SystemError) {
        isStale = true
        shelf = GalleryShelf()
        try GalleryFiles.holding(outbox) { files throws(SystemError) in try files.remove() }
    }

    private static func albumsFirst(_ entries: [GalleryEntry]) -> [GalleryEntry] {
        entries.filter { $0.album == true } + entries.filter { $0.album != true }
    }

    private var page: String {
        GalleryPage(
            entries: Self.albumsFirst(shelf.newest(Self.shown)),
            count: shelf.count,
            boxes: shelf.contents,
            tasks: tasks.values.sorted {
                ($0.status == .failed ? 1 : 0, $1.updated, $0.job) < ($1.status == .failed ? 1 : 0, $0.updated, $1.job)
            },
            mostTasks: Self.shown
        ).text
    }
}
