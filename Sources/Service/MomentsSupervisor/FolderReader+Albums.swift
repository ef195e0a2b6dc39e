internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What stands for folders of which one reel is made.
extension FolderReader {
    /// The album that stands for a folder; nil where the name is none of an album's, or nothing lies in the folder.
    func album(_ path: FilePath) -> AlbumFinder.Album? {
        guard albums.isAlbum(path), case .missing = inbox.look(path) else { return nil }
        let hasRequest = store.requestStatus(for: path) != nil
        guard hasRequest || albums.scope == .every else { return nil }
        let all = TreeListing.of(path.parent, in: inbox, rules: rules) { _ in }
        return albums.album(path, hasRequest: hasRequest, in: videos(all))
    }

    /// The videos of a listing, each with those that go on with it.
    func videos(_ all: TreeListing) -> AlbumFinder.Videos {
        var videos = all.videos.filter { path, status in
            status.kind == .regular && !Story.isStory(path) && !finder.isCompanion(path, in: all)
                && !strays.isStray(path, status)
        }
        var parts: [FilePath: [FilePath]] = [:]
        for (first, others) in sequences.sequences(in: all) {
            parts[first] = others
            videos[first] = videos[first].map { sequences.status(of: first, $0, parts: others) }
            for other in others { videos[other] = nil }
        }
        return AlbumFinder.Videos(statuses: videos, parts: parts)
    }

    /// Adds what stands for folders with an album, and takes out the videos that are only seen in one.
    func addAlbums(_ listing: inout TreeListing) {
        // Stories are made of pictures; no reel shows what they made.
        let videos = AlbumFinder.Videos(
            statuses: listing.videos.filter { !Story.isStory($0.key) },
            parts: sequences.sequences(in: listing)
        )
        for path in albums.places(in: listing) where listing.videos[path] == nil {
            let hasRequest = listing.requests[ManifestName.request(of: path)] != nil
            guard let album = albums.album(path, hasRequest: hasRequest, in: videos) else { continue }
            listing.videos[path] = album.status
        }
        listing.videos = listing.videos.filter { albums.isAlbum($0.key) || !isHidden($0.key) }
    }

    /// Whether a video is only wanted in an album, and gets no reel of its own.
    func isHidden(_ path: FilePath) -> Bool {
        guard albums.scope != nil, !Story.isStory(path) else { return false }
        var folder = path
        while !folder.isEmpty {
            folder = folder.parent
            let album = folder.appending(AlbumFinder.name)
            guard let status = store.requestStatus(for: album) else { continue }
            let known = albums.singles[album]
            let isWanted: Bool
            if let known, known.status == status {
                isWanted = known.isWanted
            } else {
                isWanted = (try? request(album).wish.get())?.options.album?.singles ?? true
                albums.singles[album] = (status, isWanted)
            }
            if !isWanted { return true }
        }
        return false
    }
}
