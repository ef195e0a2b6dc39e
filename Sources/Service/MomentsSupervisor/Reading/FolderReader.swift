internal import Glibc
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Looks at inbox and outbox, on a thread of its own, and says what is there; decides nothing.
///
/// A share whose server hangs costs five seconds once.
actor FolderReader {
    nonisolated let executor = QueueExecutor(label: "momentsd.reader", ioTimeout: .seconds(5))
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let inbox: RootedDirectory
    let store: ManifestStore
    let outbox: Outbox
    let ledger: Ledger
    private let inboxGuard: FolderGuard
    private let outboxGuard: FolderGuard
    private let hear: @Sendable ([WatchEvent]) -> Void
    private var resolve: RequestResolver
    var rules: IgnoreRules
    var finder: CompanionFinder
    var strays: StrayFinder
    var sequences: SequenceFinder
    var albums: AlbumFinder
    private var watch: TreeWatch
    private var source: ReadSource?
    /// Tells that inbox or outbox, or what they lie in, was moved.
    private var moves: FolderMoves?
    /// Whether the inbox takes names of another case for the same, as FAT and most servers do.
    private(set) var foldsCase = false

    init(_ configuration: SupervisorConfiguration, _ ledger: Ledger, hear: @escaping @Sendable ([WatchEvent]) -> Void) {
        let (state, inboxMark) = (configuration.state, IgnoreRules.inboxMark)
        inbox = RootedDirectory(configuration.inbox)
        store = ManifestStore(inbox: inbox)
        outbox = Outbox(root: configuration.outbox)
        inboxGuard = FolderGuard(configuration.inbox, mark: inboxMark, purpose: "inbox", state: state)
        outboxGuard = FolderGuard(configuration.outbox, mark: Outbox.mark, purpose: "outbox", state: state)
        self.ledger = ledger
        self.hear = hear
        resolve = RequestResolver(configuration)
        rules = IgnoreRules(patterns: configuration.ignore)
        finder = CompanionFinder(inbox: inbox, rules: rules, isOff: !configuration.knowsCompanions)
        strays = StrayFinder(inbox: inbox, isOff: !configuration.knowsCompanions)
        sequences = Self.sequences(configuration, inbox, rules)
        albums = AlbumFinder(configuration)
        watch = TreeWatch(inbox: inbox, mode: configuration.watch)
    }

    /// Locks the folders and begins to watch; folders that are not there are waited for.
    ///
    /// - Throws: `LockError` when another daemon has one of them.
    func open(moved: @escaping @Sendable () -> Void) throws(LockError) {
        for place in [inboxGuard, outboxGuard] { place.makeIfNew() }
        do { _ = try outboxGuard.check() } catch { if case .held(let error) = error { throw error } }
        do { _ = try inboxGuard.check() } catch { if case .held(let error) = error { throw error } }
        foldsCase = inbox.foldsCase(of: IgnoreRules.inboxMark)
        listen()
        moves = FolderMoves([inbox.root, outbox.root], on: executor.queue, moved)
        moves?.follow()
    }

    /// Takes another configuration.
    func reload(_ configuration: SupervisorConfiguration, rewatch: Bool) {
        resolve = RequestResolver(configuration)
        rules = IgnoreRules(patterns: configuration.ignore)
        finder = CompanionFinder(inbox: inbox, rules: rules, isOff: !configuration.knowsCompanions)
        strays = StrayFinder(inbox: inbox, isOff: !configuration.knowsCompanions)
        sequences = Self.sequences(configuration, inbox, rules)
        albums = AlbumFinder(configuration)
        guard rewatch else { return }
        watch = TreeWatch(inbox: inbox, mode: configuration.watch)
        listen()
    }

    private static func sequences(
        _ configuration: SupervisorConfiguration,
        _ inbox: RootedDirectory,
        _ rules: IgnoreRules
    ) -> SequenceFinder {
        let isOff = !configuration.knowsCompanions
        return SequenceFinder(inbox, rules: rules, isOff: isOff, patience: configuration.giveUpAfter)
    }

    /// Gives the locks up, and watches no more.
    func close() {
        source?.cancel()
        source = nil
        moves = nil
        inboxGuard.release()
        outboxGuard.release()
    }

    private func listen() {
        source = watch.descriptor.map { descriptor in
            ReadSource(descriptor, on: executor.queue) { [weak self] in
                self?.assumeIsolated { reader in
                    let events = reader.watch.drain()
                    if !events.isEmpty { reader.hear(events) }
                }
            }
        }
    }

    /// How the inbox is watched; each note is given out once.
    func watchState() -> WatchState {
        WatchState(
            reports: watch.reports,
            notes: watch.takeNotes(),
            isPolling: watch.isPolling,
            canaryDue: watch.canaryDue
        )
    }

    /// Looks whether inbox and outbox are there and ours.
    func checkFolders() -> FoldersCheck {
        var (inboxTrouble, outboxTrouble): (String?, String?)
        var (isInboxNew, isOutboxNew) = (false, false)
        do { isInboxNew = try inboxGuard.check() } catch { inboxTrouble = error.sentence }
        do { isOutboxNew = try outboxGuard.check() } catch { outboxTrouble = error.sentence }
        if isInboxNew { foldsCase = inbox.foldsCase(of: IgnoreRules.inboxMark) }
        if isInboxNew || isOutboxNew { moves?.follow() }
        return FoldersCheck(
            inbox: inboxTrouble,
            outbox: outboxTrouble,
            isInboxNew: isInboxNew,
            isOutboxNew: isOutboxNew,
            areFollowed: moves?.isFollowing ?? false
        )
    }

    /// Looks at names in the inbox, as they are spelled: where case does not count, a renamed file is still found under
    /// its old name.
    func look(_ paths: [FilePath]) -> [Sighting] { paths.map { look($0) } }

    /// Looks at one name; see the other form.
    func look(_ path: FilePath) -> Sighting {
        switch inbox.look(path) {
        case .missing:
            if let album = album(path) { return .video(album.status) }
            return .missing(wasFolder: watch.covers(path))
        case .unknown(let error): return .unknown(error)
        case .there(let status):
            if foldsCase, !path.isEmpty {
                do { if try !inbox.lists(path) { return .missing(wasFolder: watch.covers(path)) } } catch {
                    return error.isMissing ? .missing(wasFolder: watch.covers(path)) : .unknown(error)
                }
            }
            switch status.kind {
            case .folder: return .folder
            case .regular:
                if finder.isCompanion(path) || strays.isStray(path, status) || isHidden(path, status) { return .other }
                let first = sequences.first(of: path)
                if first != path { return .part(of: first) }
                return .video(sequences.status(of: path, status, parts: sequences.parts(of: path)))
            case .link: return OutwardLink.isOne(path, status, in: inbox.root) ? .video(status) : .other
            case .special: return .other
            }
        }
    }

    /// Lists a folder of the inbox with everything below it; each folder is watched before it is listed.
    ///
    /// - Parameters:
    ///   - top: The folder; empty for the inbox itself.
    ///   - isFirst: Whether what an earlier daemon left half-written is to be removed.
    /// - Returns: What is there.
    func list(_ top: FilePath, isFirst: Bool = false) -> TreeListing {
        var listing = TreeListing.of(top, in: inbox, rules: rules) { watch.cover($0) }
        let all = listing
        listing.lone = all.loneRequests(hasAlbums: albums.scope != nil)
        listing.videos = all.videos.filter { !finder.isCompanion($0.key, in: all) && !strays.isStray($0.key, $0.value) }
        if top.isEmpty, listing.unread.isEmpty { strays.keep(only: all.videos) }
        let recordings = sequences.sequences(in: listing)
        for (first, parts) in recordings {
            listing.videos[first] = listing.videos[first].map { sequences.status(of: first, $0, parts: parts) }
            for part in parts { listing.videos[part] = nil }
        }
        if albums.scope != nil { addAlbums(&listing, recordings, of: all) }
        // What could not be listed says nothing about the folders below it.
        if listing.unread[top] == nil { watch.retain(Set(listing.folders), below: top) }
        if isFirst, listing.unread[top] == nil { Leftovers(inbox).clear(listing.leftovers) }
        return listing
    }

    /// The polled folders that may have changed.
    func poll() -> [WatchEvent] { watch.poll(at: Timestamp.now.milliseconds * 1_000_000) }

    /// All folders that may have changed.
    func survey() -> [WatchEvent] { watch.survey(at: Timestamp.now.milliseconds * 1_000_000) }

    /// Takes in that test files were not reported; says whether everything has to be listed again.
    func takeOverdueCanary() -> Bool { watch.takeOverdueCanary(at: .now) }

    /// Looks at the requests of videos.
    func request(_ path: FilePath) -> RequestSight {
        let status = store.requestStatus(for: path)
        var isAlbum = albums.isAlbum(path)
        if isAlbum, case .there = inbox.look(path) { isAlbum = false }
        let wish = resolve.wish(for: path, in: store).map { [isAlbum] wish in
            var wish = wish
            wish.options.album = isAlbum ? wish.options.album ?? AlbumOptions() : nil
            return wish
        }
        return RequestSight(status: status, wish: wish)
    }

    /// Looks at an arriving video again, and into it once it has been quiet for long enough.
    func examine(
        _ path: FilePath,
        _ settling: VideoPhase.Settling,
        isNew: Bool,
        _ configuration: SupervisorConfiguration
    ) -> Examination {
        let sighting = look(path)
        var settling = settling
        let now = Moment.now
        let age: Duration = sighting.video.map { inbox.age(of: $0, path) } ?? .zero
        guard let status = sighting.video, status.kind == .regular,
            !settling.tracker.observe(status, at: now, age: age), settling.tracker.isSettled(at: now)
        else { return Examination(sighting: sighting, age: age, arrival: nil, request: request(path)) }
        if let album = album(path) {
            return Examination(
                sighting: sighting,
                age: age,
                arrival: .whole(contentID: album.content),
                request: request(path),
                parts: album.files,
                surplus: album.surplus
            )
        }
        let quiet = settling.quietAge(at: now)
        let tolerance = Arrival.WriterTolerance(settleTime: configuration.settleTime, isNew: isNew)
        let parts = sequences.parts(of: path)
        let takesGaps = quiet >= configuration.giveUpAfter
        let arrival = Arrival.examine([path] + parts, in: inbox, age: quiet, tolerance, takesGaps: takesGaps)
        return Examination(sighting: sighting, age: age, arrival: arrival, request: request(path), parts: parts)
    }

    /// What belongs to a recording.
    func belongings(of first: FilePath, _ parts: [FilePath]) -> Belongings {
        Belongings(
            companions: ([first] + parts).flatMap { finder.companions(of: $0) },
            lacking: sequences.missing(first: first, last: parts.last ?? first)
        )
    }

    /// Whether a video still holds what its worker was given.
    func isUnchanged(_ path: FilePath, since source: FileStatus, content: String?) -> Bool {
        guard let status = look(path).video else { return !look(path).isPart }
        if status.size == source.size, status.modified == source.modified, status.inode == source.inode { return true }
        return holds(path, content)
    }
}

extension FolderGuard.Trouble {
    /// What is wrong, for people.
    var sentence: String {
        switch self {
        case .absent(let sentence): sentence
        case .held(let error): error.description
        }
    }
}
