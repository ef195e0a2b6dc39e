internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

extension InboxTracker {
    /// Takes in what is not there any more, of what was looked at.
    ///
    /// - Parameters:
    ///   - found: What there is in place of each path.
    ///   - rules: What is left alone.
    ///   - jobs: All jobs.
    ///   - now: When.
    /// - Returns: What follows, the folders that are to be listed, and what could not be looked at.
    mutating func takeLosses(
        _ found: [(FilePath, Sighting)],
        _ rules: IgnoreRules,
        in jobs: inout JobTable,
        at now: Moment
    ) -> (actions: [Action], folders: Set<FilePath>, unreadable: [SystemError]) {
        var (actions, folders, unreadable): ([Action], Set<FilePath>, [SystemError]) = ([], [], [])
        for (path, sighting) in found {
            switch sighting {
            case .missing(let wasFolder):
                actions += markMissing(path, wasFolder: wasFolder, in: &jobs, at: now)
                // It may have been done to what is spelled in another way.
                if foldsCase || SequenceRules.mayHaveOthers(path) { folders.insert(path.parent) }
            case .other, .part: actions += markMissing(path, wasFolder: false, in: &jobs, at: now)
            case .unknown(let error): unreadable.append(error)
            case .folder: if !rules.ignoresFolder(path) { folders.insert(path) }
            case .video: break
            }
        }
        return (actions, folders, unreadable)
    }
}
