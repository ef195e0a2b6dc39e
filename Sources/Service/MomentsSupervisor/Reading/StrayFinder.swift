internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// Finds what is plainly no video, by looking into the inbox, and remembers it for as long as it stays the same.
struct StrayFinder {
    private let inbox: RootedDirectory
    private let isOff: Bool
    /// What was found to be one; an inbox full of photos is not read at every look.
    private var known: [FilePath: FileStatus] = [:]

    /// Makes a finder.
    ///
    /// - Parameters:
    ///   - inbox: Where files are.
    ///   - isOff: Whether every file is a video of its own.
    init(inbox: RootedDirectory, isOff: Bool) {
        self.inbox = inbox
        self.isOff = isOff
    }

    /// Whether a file is no video by its name and its content; one that cannot be read may be one.
    mutating func isStray(_ path: FilePath, _ status: FileStatus) -> Bool {
        guard !isOff, status.kind == .regular, StrayRules.mayBeStray(path) else { return false }
        if let before = known[path], before.holdsTheSame(as: status) { return true }
        known[path] = nil
        guard let file = try? inbox.openRegular(path),
            let head = try? file.read(StrayRules.headLength, at: 0, of: path),
            StrayRules.isStray(path, head: head)
        else { return false }
        known[path] = status
        return true
    }

    /// Forgets what is not there any more.
    mutating func keep(only there: [FilePath: FileStatus]) { known = known.filter { there[$0.key] != nil } }
}
