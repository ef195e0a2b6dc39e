public import MomentsCore
public import MomentsMedia
public import MomentsSystem

/// Why a reel could not be made.
public enum RenderError: Error, Hashable, Sendable {
    /// Not one frame of a segment can be decoded.
    case nothingDecodes(TimeRange)
    /// A libav call failed.
    case media(MediaError)
    /// A call to the kernel failed.
    case system(SystemError)
}
