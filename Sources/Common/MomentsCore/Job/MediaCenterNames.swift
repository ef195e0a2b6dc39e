/// By which names media centres find what is told and shown of a reel.
public enum MediaCenterNames: String, CaseIterable, Codable, Sendable {
    /// By none.
    case off
    /// Those of Kodi, which Jellyfin, Emby and Plex know too: the file's own name with ".nfo", "-thumb", "-fanart" or
    /// "-poster" behind it.
    case kodi
}
