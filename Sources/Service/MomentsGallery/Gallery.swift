internal import FoundationEssentials
public import MomentsCore
public import MomentsSystem

/// `index.html` of the outbox: all results, newest first, and what has none yet or failed.
///
/// It belongs to one queue. A result more costs the same however many there are.
public final class Gallery {
    /// The page's name in the outbox.
    public static let pageName: FilePath = "index.html"
    /// The folder of the gallery's own files in the outbox.
    public static let folderName = GalleryShelf.folderName
    /// Results the page shows without a script, and videos without one it names.
    private static let shown = 60

    private let outbox: FilePath
    private var shelf: GalleryShelf
    private var tasks: [String: GalleryTask] = [:]
    /// The addresses of jobs' results, for those whose manifest is taken back.
    private var isStale = true

    /// Opens the gallery of an outbox.
    ///
    /// - Parameter outbox: The folder; it exists.
    public init(outbox: FilePath) {
        self.outbox = outbox
        shelf = GalleryShelf(outbox: outbox)
    }

    /// How many results it has.
    public var count: Int { shelf.count }

    /// Whether it has no result at all, as when its files are gone.
    public var isEmpty: Bool { shelf.count == 0 }

    /// Fills an empty gallery with the results there are, in the order they were published.
    ///
    /// - Parameter manifests: Those of the results.
    /// - Throws: `SystemError` when a file cannot be written.
    public func fill(_ manifests: [Manifest]) throws(SystemError) {
        try shelf.fill(manifests.compactMap(GalleryEntry.init).sorted { ($0.time, $0.address) < ($1.time, $1.address) })
        isStale = true
    }

    /// Takes what is new of a job.
    ///
    /// - Parameter manifest: The job.
    /// - Throws: `SystemError` when a file cannot be written.
    public func take(_ manifest: Manifest) throws(SystemError) {
        let task = GalleryTask(manifest)
        if tasks[manifest.jobID] != task { isStale = true }
        tasks[manifest.jobID] = task
        guard let entry = GalleryEntry(manifest), !shelf.contains(entry) else { return }
        isStale = true
        try shelf.put(entry)
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
    /// - Throws: `SystemError` when a file cannot be written.
    public func remove(_ folder: FilePath) throws(SystemError) {
        isStale = true
        try shelf.remove(GalleryEntry.address(folder))
    }

    /// Writes the page where anything changed, at once and whole.
    ///
    /// - Returns: Whether it was written.
    /// - Throws: `SystemError` when it cannot be.
    @discardableResult
    public func write() throws(SystemError) -> Bool {
        guard isStale else { return false }
        let page = GalleryPage(
            entries: shelf.newest(Self.shown),
            count: shelf.count,
            boxes: shelf.boxes.count,
            tasks: tasks.values.sorted {
                ($0.status == .failed ? 1 : 0, $1.updated, $0.job) < ($1.status == .failed ? 1 : 0, $0.updated, $1.job)
            },
            mostTasks: Self.shown
        )
        try AtomicFile.replace(outbox.appending(Self.pageName), with: Data(page.text.utf8), durable: false)
        isStale = false
        return true
    }
}
