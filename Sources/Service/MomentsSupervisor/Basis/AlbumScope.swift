/// Which folders of the inbox get one reel of all their videos.
public enum AlbumScope: Sendable {
    /// Those with a request.
    case requested
    /// Every folder in which several videos lie, besides.
    case every
}
