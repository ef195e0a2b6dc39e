internal import Glibc
internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// The kernel's reports of changes below the folders of tests, each passed on to the test it concerns.
///
/// All tests of the process share one inotify instance: the kernel gives a user 128, and the services under test have theirs.
/// Watches end with their folders, which each test removes.
actor FolderReports {
    /// The one of this process.
    static let shared = FolderReports()

    private struct Place {
        let folder: FilePath
        let changes: Changes
    }

    private nonisolated let executor = QueueExecutor(label: "test.reports")
    /// A queue of its own, so that nobody's thread waits for the disk.
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var inotify: Inotify?
    private var source: ReadSource?
    private var places: [Int32: Place] = [:]

    /// Passes on every change below a folder from now on.
    ///
    /// - Throws: `SystemError` where it cannot be watched.
    func follow(_ folder: FilePath, for changes: Changes) throws(SystemError) {
        try cover(folder, for: changes, with: try opened())
    }

    private func opened() throws(SystemError) -> Inotify {
        if let inotify { return inotify }
        let made = try Inotify()
        inotify = made
        source = listen(to: made.number)
        return made
    }

    private nonisolated func listen(to descriptor: CInt) -> ReadSource {
        ReadSource(descriptor, on: executor.queue) { self.assumeIsolated { $0.drain() } }
    }

    /// Watches a folder and all below it: each before it is listed, so that nothing comes in between.
    private func cover(_ folder: FilePath, for changes: Changes, with inotify: Inotify) throws(SystemError) {
        let opened = try Descriptor.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        // One that was moved keeps its watch, and gets its new path.
        places[try inotify.add(opened, path: folder)] = Place(folder: folder, changes: changes)
        for entry in try Folder.entries(of: opened, path: folder) where entry.status.kind == .folder {
            try coverIfThere(folder.appending(entry.name), for: changes, with: inotify)
        }
    }

    /// Watches what may be a folder; one that is gone again, or cannot be read by anybody, shows nothing.
    private func coverIfThere(_ path: FilePath, for changes: Changes, with inotify: Inotify) throws(SystemError) {
        do { try cover(path, for: changes, with: inotify) } catch {
            guard [ENOSPC, ENOMEM, EMFILE, ENFILE].contains(error.code) else { return }
            throw error
        }
    }

    private func drain() {
        guard let inotify else { return }
        var concerned: [ObjectIdentifier: Changes] = [:]
        for event in inotify.drain() {
            // Where reports were lost, anything may have happened anywhere.
            for place in event.isOverflow ? Array(places.values) : [places[event.watch]].compactMap({ $0 }) {
                let path = place.folder.appending(event.name)
                do { try coverIfThere(path, for: place.changes, with: inotify) } catch { place.changes.fail(error) }
                concerned[ObjectIdentifier(place.changes)] = place.changes
            }
            if event.isEnd { places[event.watch] = nil }
        }
        // Only now: what has been made is watched before anybody looks at it.
        for changes in concerned.values { changes.announce() }
    }
}
