public import MomentsCore
public import MomentsMedia

extension MediaSource {
    /// Whether shots had better begin where decoding can start: encoding what lies before one takes longer than all the
    /// rest of a job.
    public func bindsStarts(_ options: JobOptions) -> Bool {
        guard video.picture.isLarge, options.transition == .cut else { return false }
        return switch options.quality {
        case .original: true
        case .auto: refusalOfEverywhere(options.hdr) == nil
        case .low, .medium, .high: false
        }
    }

    /// Why the source's coded pictures would not play everywhere, in half a sentence; nil where they do, and where
    /// they are as the reel would be encoded.
    func refusalOfEverywhere(_ hdr: HDRMode) -> String? {
        let picture = video.picture
        if hdr == .keep, picture.isHDR, video.codec == "hevc", picture.pixelFormat == "yuv420p10le" {
            return refusalOfShape(picture)
        }
        if video.codec != "h264" { return "\(video.codec) does not play everywhere" }
        if !["yuv420p", "yuvj420p"].contains(picture.pixelFormat) {
            return "\(picture.pixelFormat) does not play everywhere"
        }
        if picture.isHDR { return "HDR does not play everywhere" }
        return refusalOfShape(picture)
    }

    private func refusalOfShape(_ picture: PictureFormat) -> String? {
        if picture.orientation != .upright { return "not every player turns pictures" }
        if picture.sampleAspectRatio != Rational(1, 1) { return "not every player stretches pictures" }
        if max(picture.width, picture.height) > 4096 { return "pictures that large do not play everywhere" }
        return nil
    }
}
