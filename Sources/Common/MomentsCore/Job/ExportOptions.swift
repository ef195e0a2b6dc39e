/// What is written beside the reel for editors, players and people.
public struct ExportOptions: Hashable, Codable, Sendable {
    /// The timelines for editors, each of the reel and of all scenes.
    public var timelines: [TimelineFormat]
    /// Where editors see the folders of this machine; the innermost one counts.
    public var pathMap: [PathMapping]
    /// Whether there is a page that tells what was found and why.
    public var report: Bool
    /// Whether there are small pictures for Jellyfin's scrub bar.
    public var trickplay: Bool
    /// By which names media centres find what is told and shown of the reel.
    public var mediaCenter: MediaCenterNames

    private enum CodingKeys: String, CodingKey {
        case timelines
        case pathMap = "path_map"
        case report
        case trickplay
        case mediaCenter = "media_center"
    }

    /// Makes options; without arguments the built-in defaults.
    public init(
        timelines: [TimelineFormat] = TimelineFormat.allCases,
        pathMap: [PathMapping] = [],
        report: Bool = true,
        trickplay: Bool = false,
        mediaCenter: MediaCenterNames = .off
    ) {
        self.report = report
        self.trickplay = trickplay
        self.mediaCenter = mediaCenter
        self.timelines = timelines
        self.pathMap = pathMap
    }

    /// Reads options; a key that an older version did not write has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        timelines = try values.decodeIfPresent([TimelineFormat].self, forKey: .timelines) ?? timelines
        pathMap = try values.decodeIfPresent([PathMapping].self, forKey: .pathMap) ?? pathMap
        report = try values.decodeIfPresent(Bool.self, forKey: .report) ?? report
        trickplay = try values.decodeIfPresent(Bool.self, forKey: .trickplay) ?? trickplay
        mediaCenter = try values.decodeIfPresent(MediaCenterNames.self, forKey: .mediaCenter) ?? mediaCenter
    }
}
