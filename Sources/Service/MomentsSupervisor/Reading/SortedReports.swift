internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// Reports of the watch, by what they are about; pure.
struct SortedReports {
    /// Why everything is to be looked through again; one clause each.
    private(set) var losses: [String] = []
    /// Whether something happened to the inbox itself.
    private(set) var isOfInbox = false
    /// Manifests and requests.
    private(set) var companions: [FilePath] = []
    /// What may be videos, or folders with some.
    private(set) var paths: [FilePath] = []

    /// Sorts them; what is to be left alone is left out.
    init(_ events: [WatchEvent], _ rules: IgnoreRules) {
        for event in events {
            switch event {
            case .everything(let reason): losses.append(reason)
            case .look(let path) where IgnoreRules.isOurs(path.name):
                companions.append(path)
                if let album = ManifestName.video(of: path), album.name == AlbumFinder.name { paths.append(album) }
            case .look(let path) where path.isEmpty: isOfInbox = true
            case .look(let path):
                if !(rules.ignoresFile(path) && rules.ignoresFolder(path)) { paths.append(path) }
            }
        }
    }
}
