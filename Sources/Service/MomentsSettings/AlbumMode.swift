/// Which folders of the inbox get one reel of all their videos.
public enum AlbumMode: String, CaseIterable, Sendable {
    /// Every folder in which several videos lie.
    case all
    /// Those with an `album.request.json`.
    case request
    /// None.
    case off
}
