public import MomentsCore
public import MomentsStore
internal import MomentsSystem

/// Keeps the gallery of an outbox up to date, on a thread of its own.
///
/// A new result is seen at once, any other change of a job's status at most twice a second, and progress every ten seconds.
/// Nobody waits for it, and what it cannot write it tries again by itself.
public actor GalleryKeeper {
    private nonisolated let executor = QueueExecutor(label: "momentsd.gallery", ioTimeout: .seconds(5))
    /// The keeper's own queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let outbox: Outbox
    private let tell: @Sendable (String) -> Void
    private var isOn: Bool
    private let gallery: Gallery
    /// Whether it may write.
    private var isOpen = false
    /// Whether the gallery has the results that were there when it began.
    private var isFilled = false
    /// Whether there is nothing of it in the outbox.
    private var isCleared = false
    private var alarm: Alarm?
    private var due: Moment?
    private var lastWrite: Moment?
    private var trouble: String?

    /// Makes a keeper that takes what is told and writes nothing yet.
    ///
    /// - Parameters:
    ///   - outbox: The outbox.
    ///   - isOn: Whether there is to be a gallery; where there is not, one that was written before is removed.
    ///   - tell: Is told what is wrong, once, in a sentence.
    public init(outbox: Outbox, isOn: Bool, tell: @escaping @Sendable (String) -> Void) {
        self.outbox = outbox
        gallery = Gallery(outbox: outbox.root)
        self.isOn = isOn
        self.tell = tell
    }

    /// Fills the gallery with the results there are, and begins to write.
    public nonisolated func open() { enter { $0.start() } }

    /// Takes what is new of a job.
    public nonisolated func take(_ transition: JobTransition) { enter { $0.follow(transition) } }

    /// Forgets a job that is no more; its result stays.
    public nonisolated func forget(_ jobID: String) {
        enter { keeper in
            keeper.gallery.forget(jobID)
            keeper.write(after: Self.shortPause)
        }
    }

    /// Takes a result out that was removed from the outbox.
    public nonisolated func remove(_ folder: FilePath) {
        enter { keeper in
            keeper.gallery.remove(folder)
            keeper.write(after: Self.shortPause)
        }
    }

    /// Begins to have a gallery, or removes it.
    public nonisolated func use(_ isOn: Bool) {
        enter { keeper in
            guard isOn != keeper.isOn else { return }
            keeper.isOn = isOn
            keeper.write()
        }
    }

    /// Writes what is left to be written.
    public func finish() {
        if due != nil { write() }
        alarm = nil
    }

    private nonisolated func enter(_ body: @escaping @Sendable (isolated GalleryKeeper) -> Void) {
        executor.queue.async { self.assumeIsolated(body) }
    }

    private func start() {
        alarm = Alarm(on: executor.queue) { [weak self] in self?.assumeIsolated { $0.write() } }
        isOpen = true
        write()
    }

    private func follow(_ transition: JobTransition) {
        let manifest = transition.after
        gallery.take(manifest)
        var pause = transition.isChangeOfStatus ? Self.shortPause : Self.progressPause
        // What is there before the gallery is filled is found with the other results.
        if isFilled, manifest.status == .completed, let folder = manifest.result?.folder,
            transition.before != nil || !gallery.has(folder),
            // A duplicate is linked to another job's result, which is there already.
            let copy = outbox.manifest(in: folder), copy.jobID == manifest.jobID
        {
            gallery.put(copy.published(folder))
            pause = .zero
        }
        write(after: pause)
    }

    /// Takes the results that are there, unless it has them.
    private func fill() throws(SystemError) {
        if isFilled { return }
        try gallery.read()
        gallery.reconcile(outbox.resultFolders()) { outbox.manifest(in: $0)?.published($0) }
        isFilled = true
    }

    /// Removes what was written, once.
    private func clear() throws(SystemError) {
        if isCleared { return }
        try gallery.clear()
        (isFilled, isCleared) = (false, true)
    }

    /// Writes, once so much time has passed since the last time.
    private func write(after pause: Duration) {
        guard isOpen else { return }
        let now = Moment.now
        let soonest = max(now, lastWrite.map { $0 + pause } ?? now)
        if soonest <= now { return write() }
        if let due, due <= soonest { return }
        due = soonest
        alarm?.set(after: soonest - now)
    }

    private func write() {
        due = nil
        guard isOpen else { return }
        lastWrite = .now
        do throws(SystemError) {
            guard isOn else { return try clear() }
            isCleared = false
            try fill()
            switch try gallery.write() {
            case .written, .unchanged: trouble = nil
            case .taken:
                complain(
                    "'\(outbox.root.appending(Outbox.pageName).display)' was not written by momentsd and stays as it is; move "
                        + "it away to have the page of all results there, or set [Exports] Gallery=off."
                )
            }
        } catch {
            complain("The page of all results cannot be written (\(error)); it is tried again by itself.")
            due = .now + Self.retryPause
            alarm?.set(after: Self.retryPause)
        }
    }

    private func complain(_ sentence: String) {
        if trouble != sentence { tell(sentence) }
        trouble = sentence
    }

    private static let shortPause = Duration.milliseconds(500)
    private static let progressPause = Duration.seconds(10)
    private static let retryPause = Duration.seconds(60)
}

extension Manifest {
    /// The same with its result's folder as it was found.
    fileprivate func published(_ folder: FilePath) -> Manifest {
        var manifest = self
        manifest.result?.folder = folder
        return manifest
    }
}
