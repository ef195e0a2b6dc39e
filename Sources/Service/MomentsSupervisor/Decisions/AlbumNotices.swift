internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// What people are told of albums besides their jobs, each once.
struct AlbumNotices {
    /// Albums in whose place a folder stands, which was told.
    private var blocked: Set<FilePath> = []

    /// Where an album was asked for and a folder of that name lies.
    ///
    /// - Parameters:
    ///   - listing: What is there.
    ///   - configuration: Where albums may be.
    /// - Returns: What is to be said that was not yet.
    mutating func blocked(in listing: TreeListing, _ configuration: SupervisorConfiguration) -> [Action] {
        listing.requests.keys.compactMap { request in
            guard let album = ManifestName.video(of: request), AlbumFinder.isAlbum(album, configuration),
                listing.folders.contains(album), blocked.insert(album).inserted
            else { return nil }
            return .note(
                "No album is made of '\(album.parent.display)', since a folder named 'album' lies in it, in whose place it "
                    + "would stand; rename that folder."
            )
        }
    }

    /// That an album has more videos than it may hold.
    static func surplus(_ count: Int, of album: FilePath) -> [Action] {
        guard count > 0 else { return [] }
        let sentence =
            "The album '\(album.parent.display)' has \(count) videos more than it can hold ([Limits] MaxAlbum=); they are "
            + "left out, in the order of names."
        return [.note(sentence)]
    }
}
