internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// Finds what cameras and people put beside videos, by looking into the inbox.
struct CompanionFinder {
    let inbox: RootedDirectory
    let rules: IgnoreRules
    /// Whether every file is a video of its own.
    let isOff: Bool

    /// Whether a regular file belongs to a video that is there.
    ///
    /// - Parameters:
    ///   - path: The file, below the inbox.
    ///   - listing: What is known to be there; nil to look.
    /// - Returns: Whether it does.
    func isCompanion(_ path: FilePath, in listing: TreeListing? = nil) -> Bool { owner(of: path, in: listing) != nil }

    /// What belongs to a video, in the order of names; looks at some hundred names, however many files there are.
    func companions(of video: FilePath) -> [FilePath] {
        guard !isOff, case .there(let own) = inbox.look(video) else { return [] }
        // Where case does not count, a file answers to several names.
        var seen: Set<UInt64> = [own.inode]
        return CompanionRules.companions(of: video).filter { path in
            guard !rules.ignoresFile(path), case .there(let status) = inbox.look(path), status.kind == .regular,
                !seen.contains(status.inode), let owner = owner(of: path, in: nil)
            else { return false }
            guard owner == video || isOneFile(owner, own) else { return false }
            return seen.insert(status.inode).inserted
        }
    }

    /// Whether a name is another spelling of a file's.
    private func isOneFile(_ path: FilePath, _ file: FileStatus) -> Bool {
        if case .there(let status) = inbox.look(path) { status.inode == file.inode } else { false }
    }

    private func owner(of path: FilePath, in listing: TreeListing?) -> FilePath? {
        guard !isOff, let kind = CompanionRules.kind(of: path) else { return nil }
        let owner = CompanionRules.owners(of: path).first { candidate in
            guard candidate != path, !rules.ignoresFile(candidate) else { return false }
            if let listing, listing.folders.contains(candidate.parent) {
                return listing.videos[candidate]?.kind == .regular
            }
            if case .there(let status) = inbox.look(candidate) { return status.kind == .regular }
            return false
        }
        guard let owner else { return nil }
        return kind == .proxy || !beginsLikeVideo(path) ? owner : nil
    }

    private func beginsLikeVideo(_ path: FilePath) -> Bool {
        guard let file = try? inbox.openRegular(path), let head = try? file.read(200, at: 0, of: path) else {
            return false
        }
        return CompanionRules.beginsLikeVideo(head)
    }
}
