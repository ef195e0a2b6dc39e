internal import MomentsCore
internal import MomentsExports
internal import MomentsMedia

extension MetadataDocument {
    /// Describes a video as it was probed and decoded.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - name: Its name.
    ///   - tags: What its tags tell of the recording.
    ///   - duration: How long it really is, by its frames.
    init(_ source: MediaSource, name: FilePath, tags: CaptureTags, duration: MediaTime) {
        let shown = source.track.entries.filter { !$0.isDiscarded }
        self.init(
            name: name,
            size: source.size,
            container: source.container,
            duration: duration,
            timing: FrameTiming(
                times: shown.map(\.pts).sorted(),
                keyframeTimes: shown.filter(\.isKeyframe).map(\.pts).sorted(),
                base: source.video.timeBase
            ),
            streams: source.streams.map { MetadataStream($0, of: source) }
        )
        capturedAt = tags.time
        location = tags.location.flatMap(Location.init(iso6709:))
        camera = Camera(make: tags.make, model: tags.model)
        chapters = source.chapters.map {
            Chapter(title: $0.title, range: TimeRange(start: $0.start, end: $0.end))
        }
        self.tags = source.tags
    }
}

extension MetadataStream {
    /// Describes one stream.
    init(_ stream: StreamDescription, of source: MediaSource) {
        self.init(index: stream.index, kind: stream.kind.rawValue, codec: stream.codec, timeBase: stream.timeBase)
        let track = source.index.tracks[stream.index]
        profile = stream.profile.isEmpty ? nil : stream.profile
        bitRate = stream.bitRate > 0 ? stream.bitRate : nil
        language = stream.tags["language"]
        used = stream.index == source.video.index || stream.index == source.audio?.index
        isDefault = stream.isDefault
        attachedPicture = stream.isAttachedPicture
        packets = track.count
        bytes = track.bytes
        tags = stream.tags
        switch stream.kind {
        case .video: video = Video(stream)
        case .audio: audio = Audio(sampleRate: stream.sampleRate, channels: stream.channels)
        case .subtitle, .data: break
        }
    }
}

extension MetadataStream.Video {
    /// Describes a video stream's frames.
    init(_ stream: StreamDescription) {
        let format = stream.format
        self.init(width: format.width, height: format.height)
        (displayWidth, displayHeight) = format.displaySize
        sampleAspectRatio = format.sampleAspectRatio
        displayAspectRatio = Rational(Int64(displayWidth), Int64(max(1, displayHeight)))
        rotation = format.orientation.rotation
        mirrored = format.orientation.isMirrored
        pixelFormat = format.pixelFormat
        bitDepth = format.bitDepth
        color = [
            "primaries": format.primaries, "transfer": format.transfer, "matrix": format.matrix, "range": format.range,
        ]
        hdr = format.isHDR
        interlaced = format.isInterlaced
        frameRate = stream.frameRate.isPositive ? stream.frameRate : nil
        nominalFrameRate = stream.nominalFrameRate.isPositive ? stream.nominalFrameRate : nil
    }
}
