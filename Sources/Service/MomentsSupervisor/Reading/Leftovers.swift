internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// What a daemon that was killed left in the inbox under names of its own.
struct Leftovers {
    private let inbox: RootedDirectory

    init(_ inbox: RootedDirectory) { self.inbox = inbox }

    /// Removes half-written manifests, and gives videos that were just being taken away their names again.
    func clear(_ paths: [FilePath]) {
        for path in paths {
            if AtomicFile.isAside(path.name) {
                Displacement.putBack(path, of: inbox)
            } else {
                try? inbox.holding(path, Folder.removeFile)
            }
        }
    }
}
