internal import MomentsCore
internal import MomentsSystem

/// The times of folders when they were last listed, so that only what changed is listed again.
struct FolderTimes {
    /// Nil for a folder that changed so lately that another change within the clock's grain would not show.
    private var times: [FilePath: Int64?] = [:]

    /// Notes a folder that is about to be listed.
    ///
    /// - Parameters:
    ///   - folder: Its path below the inbox.
    ///   - path: Its absolute path.
    ///   - now: Nanoseconds since 1970.
    mutating func note(_ folder: FilePath, _ path: FilePath, at now: Int64) {
        times.updateValue(Self.believable(Self.time(of: path), at: now), forKey: folder)
    }

    /// Whether a folder was listed and not forgotten.
    func knows(_ folder: FilePath) -> Bool { times[folder] != nil }

    /// Forgets folders.
    mutating func forget(where isGone: (FilePath) -> Bool) { times = times.filter { !isGone($0.key) } }

    /// The folders that may have changed since they were listed; a system call for each that is asked for.
    mutating func changed(in root: FilePath, at now: Int64, where isAsked: (FilePath) -> Bool) -> [WatchEvent] {
        var events: [WatchEvent] = []
        for (folder, known) in times where isAsked(folder) {
            let time = Self.time(of: root.appending(folder))
            if time == nil || time != known { events.append(.look(folder)) }
            times.updateValue(Self.believable(time, at: now), forKey: folder)
        }
        return events
    }

    /// When a folder last changed; nil where that cannot be told.
    private static func time(of path: FilePath) -> Int64? {
        (try? FileStatus.of(path.appending("."))).map { max($0.modified, $0.changed) }
    }

    /// A time that is so near that another change would not show is not believed.
    private static func believable(_ time: Int64?, at now: Int64) -> Int64? {
        time.flatMap { $0 < now - grain ? $0 : nil }
    }

    /// Some file systems count whole seconds, FAT two.
    private static let grain: Int64 = 3_000_000_000
}
