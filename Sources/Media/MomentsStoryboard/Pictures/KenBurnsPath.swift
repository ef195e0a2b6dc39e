internal import Glibc
public import MomentsCore

/// How the part of a picture that is shown moves over a shot: from one window to another, never past the picture.
public struct KenBurnsPath: Hashable, Sendable {
    /// Where it begins.
    public let start: Window
    /// Where it ends.
    public let end: Window

    /// How much of the way is taken in the first and the last moments, in which it gets going and comes to rest.
    private static let ease = 0.12

    /// Plans a path.
    ///
    /// - Parameters:
    ///   - size: The picture's, in pixels.
    ///   - ratio: The shot's width over its height.
    ///   - motion: What moves.
    ///   - zoom: How far a zoom goes, as a factor above 1.
    ///   - focus: What matters in the picture, as shares of its width and height, 0–1.
    public init(
        _ size: (width: Int, height: Int),
        ratio: Double,
        motion: ShotMotion,
        zoom: Double,
        focus: (x: Double, y: Double)
    ) {
        let (across, down) = (Double(size.width), Double(size.height))
        // The largest window of the shot's shape.
        let width = min(across, down * ratio)
        let whole = (width: width, height: width / ratio)
        func window(_ scale: Double, _ x: Double, _ y: Double) -> Window {
            let (width, height) = (whole.width / scale, whole.height / scale)
            return Window(
                x: min(max(x * across - width / 2, 0), across - width),
                y: min(max(y * down - height / 2, 0), down - height),
                width: width,
                height: height
            )
        }
        let wide = window(1, focus.x, focus.y)
        let near = window(zoom, focus.x, focus.y)
        switch motion {
        case .zoomIn: (start, end) = (wide, near)
        case .zoomOut: (start, end) = (near, wide)
        case .still: (start, end) = (wide, wide)
        case .panLeft, .panRight, .panUp, .panDown:
            // A pan takes what room there is beside the window, or makes some; it passes what matters.
            let isAcross = motion == .panLeft || motion == .panRight
            let room = isAcross ? across - wide.width : down - wide.height
            let scale = room > 0.08 * (isAcross ? across : down) ? 1 : zoom
            let base = window(scale, focus.x, focus.y)
            let reach = (zoom - 1) * (isAcross ? base.width : base.height) * 1.2
            func moved(_ by: Double) -> Window {
                var window = base
                if isAcross {
                    window.x = min(max(window.x + by, 0), across - window.width)
                } else {
                    window.y = min(max(window.y + by, 0), down - window.height)
                }
                return window
            }
            let step = motion == .panRight || motion == .panDown ? reach : -reach
            // It ends at what matters, or begins there where there is no room before it.
            let before = moved(-step)
            let isFar = max(abs(before.x - base.x), abs(before.y - base.y)) > reach / 2
            (start, end) = isFar ? (before, base) : (base, moved(step))
        }
    }

    /// The window at a share of the shot, 0–1.
    public func window(at share: Double) -> Window {
        let way = Self.eased(min(max(share, 0), 1))
        // A zoom grows by the same factor in the same time, or it seems to slow down.
        guard start.width > 0, abs(start.width - end.width) > 1e-9 else { return start.between(end, way) }
        let grown = start.width * pow(end.width / start.width, way)
        return start.between(end, (grown - start.width) / (end.width - start.width))
    }

    /// Even but for its ends, where the speed comes and goes without a jolt.
    private static func eased(_ share: Double) -> Double {
        let speed = 1 / (1 - ease)
        if share < ease { return speed * share * share / (2 * ease) }
        if share > 1 - ease { return 1 - eased(1 - share) }
        return speed * (share - ease / 2)
    }
}
