public import MomentsCore
public import MomentsMedia

extension MediaSource {
    /// Whether shots had better begin where decoding can start: encoding what lies before one takes longer than all the
    /// rest of a job.
    public func bindsStarts(_ options: JobOptions) -> Bool {
        guard budget.isEncodingDear, options.transition == .cut else { return false }
        return switch options.quality {
        case .original: true
        case .auto: refusalOfEverywhere(options.hdr) == nil
        case .low, .medium, .high: false
        }
    }

    /// Why the source's coded frames would not play everywhere, in half a sentence; nil where they do, and where
    /// they are as the reel would be encoded.
    func refusalOfEverywhere(_ hdr: HDRMode) -> String? {
        let format = video.format
        if hdr == .keep, format.isHDR, video.codec == "hevc", format.pixelFormat == "yuv420p10le" {
            return refusalOfShape(format)
        }
        if video.codec != "h264" { return "\(video.codec) does not play everywhere" }
        if !["yuv420p", "yuvj420p"].contains(format.pixelFormat) {
            return "\(format.pixelFormat) does not play everywhere"
        }
        if format.isHDR { return "HDR does not play everywhere" }
        return refusalOfShape(format)
    }

    private func refusalOfShape(_ format: VideoFormat) -> String? {
        if format.orientation != .upright { return "not every player turns pictures" }
        if format.sampleAspectRatio != Rational(1, 1) { return "not every player stretches pictures" }
        if max(format.width, format.height) > 4096 { return "pictures that large do not play everywhere" }
        return nil
    }
}
