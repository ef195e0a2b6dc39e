internal import MomentsMedia

/// What one thread makes frames small with, for all requests; made when first needed, used on that thread alone.
final class ObserverScalers {
    private var scalers: [Size: FrameScaler] = [:]

    private struct Size: Hashable {
        let width: Int
        let height: Int
    }

    /// A frame of the size a request asks for, upright and with square pixels.
    func upright(
        _ frame: borrowing Frame,
        _ source: MediaSource,
        _ request: FrameRequest
    ) throws -> PlanarFrame {
        let format = source.video.format
        let (shownWidth, shownHeight) = format.displaySize
        let shown = request.size(of: shownWidth, shownHeight)
        let coded =
            format.orientation.swapsSides
            ? Size(width: shown.height, height: shown.width) : Size(width: shown.width, height: shown.height)
        let scaler = scalers[coded] ?? FrameScaler(width: coded.width, height: coded.height)
        scalers[coded] = scaler
        try scaler.scale(frame)
        let planes = [scaler.luma, scaler.cb, scaler.cr]
        return PlanarFrame(width: coded.width, height: coded.height, planes: planes).turned(format.orientation)
    }
}
