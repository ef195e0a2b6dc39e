internal import MomentsCore
internal import MomentsSystem

extension TreeListing {
    /// The requests that are for nothing in the listing, in the order of names; of all files, not only of videos.
    ///
    /// - Parameter hasAlbums: Whether a folder may have a request of its own.
    /// - Returns: The requests.
    public func loneRequests(hasAlbums: Bool) -> [LoneRequest] {
        let album = ManifestName.album
        let lone = requests.compactMap { request, status -> (FilePath, FileStatus, FilePath)? in
            guard let video = ManifestName.video(of: request), videos[video] == nil else { return nil }
            return hasAlbums && video.name == album ? nil : (request, status, video)
        }
        if lone.isEmpty { return [] }
        let folders = Set(folders)
        let byStem = Dictionary(grouping: videos.keys) { $0.parent.appending($0.stem) }
        return lone.map { request, status, video in
            var meant: FilePath?
            if hasAlbums, folders.contains(video) {
                meant = video.appending(album)
            } else if let near = byStem[video], near.count == 1 {
                meant = near[0]
            }
            return LoneRequest(
                path: request,
                changed: max(status.modified, status.changed),
                meant: meant.map { ManifestName.request(of: $0) }
            )
        }.sorted { $0.path < $1.path }
    }
}
