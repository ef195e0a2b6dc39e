public import MomentsCore

/// What the service can do: the answers of `/formats`, `/presets` and `/models`.
public struct ServiceCatalog: Hashable, Sendable {
    /// A container that is accepted.
    public struct Format: Hashable, Codable, Sendable {
        /// What people call it.
        public let name: String
        /// Name endings it usually has; for information only, since the content decides.
        public let extensions: [String]

        /// Describes a container.
        public init(name: String, extensions: [String]) {
            self.name = name
            self.extensions = extensions
        }
    }

    /// A preset with everything it amounts to.
    public struct Preset: Hashable, Codable, Sendable {
        /// Its name.
        public let name: String
        /// The options in effect under it.
        public let options: JobOptions

        /// Describes a preset.
        public init(name: String, options: JobOptions) {
            self.name = name
            self.options = options
        }
    }

    /// A style of clips.
    public struct Style: Hashable, Codable, Sendable {
        /// Its name.
        public let name: StyleName
        /// The one that ships whose sentences it says; left out where it cannot be used.
        public let base: ClipFlavour?
        /// Its file; left out for one that is built in.
        public let file: FilePath?
        /// Whether it can be used.
        public let available: Bool
        /// Why it cannot be used; left out where it can.
        public let reason: String?

        /// Describes a style.
        public init(name: StyleName, base: ClipFlavour?, file: FilePath? = nil, reason: String? = nil) {
            (self.name, self.base, self.file) = (name, base, file)
            (available, self.reason) = (reason == nil, reason)
        }
    }

    /// Something that looks at or listens to a video.
    public struct Analyser: Hashable, Codable, Sendable {
        /// Its name.
        public let name: String
        /// What it finds.
        public let capabilities: [String]
        /// Whether it can be used on this machine.
        public let available: Bool
        /// Why it cannot be used, in half a sentence; left out where it can.
        public let reason: String?

        /// Describes an analyser.
        public init(name: String, capabilities: [String], available: Bool = true, reason: String? = nil) {
            self.name = name
            self.capabilities = capabilities
            self.available = available
            self.reason = reason
        }
    }

    /// The containers that are accepted.
    public var formats: [Format]
    /// What a source may be without a preset.
    public var limits: Limits
    /// The presets there are.
    public var presets: [Preset]
    /// The preset for videos that name none.
    public var defaultPreset: String?
    /// The styles of clips there are.
    public var styles: [Style]
    /// The style of clips that name none.
    public var defaultStyle: StyleName
    /// The analysers there are.
    public var analysers: [Analyser]
    /// The makers of shots there are.
    public var generators: [GeneratorCard]

    /// Makes a catalog; what is not given is what this build has.
    public init(
        formats: [Format] = Self.builtInFormats,
        limits: Limits = Limits(),
        presets: [Preset] = [],
        defaultPreset: String? = nil,
        styles: [Style] = ClipFlavour.allCases.map { Style(name: $0.style.name, base: $0) },
        defaultStyle: StyleName = .modern,
        analysers: [Analyser] = Self.builtInAnalysers,
        generators: [GeneratorCard] = GeneratorCard.builtIn
    ) {
        self.formats = formats
        self.limits = limits
        self.presets = presets
        self.defaultPreset = defaultPreset
        (self.styles, self.defaultStyle) = (styles, defaultStyle)
        self.analysers = analysers
        self.generators = generators
    }

    /// The containers every build accepts; libavformat knows more, and whatever it opens is taken.
    public static let builtInFormats = [
        Format(name: "MP4", extensions: ["mp4", "m4v"]),
        Format(name: "QuickTime", extensions: ["mov", "qt"]),
        Format(name: "Matroska", extensions: ["mkv"]),
        Format(name: "WebM", extensions: ["webm"]),
        Format(name: "AVI", extensions: ["avi"]),
        Format(name: "MPEG transport stream", extensions: ["ts", "m2ts", "mts"]),
        Format(name: "MPEG program stream", extensions: ["mpg", "mpeg", "vob"]),
        Format(name: "3GP", extensions: ["3gp", "3g2"]),
        Format(name: "Flash video", extensions: ["flv"]),
        Format(name: "Windows Media", extensions: ["wmv", "asf"]),
        Format(name: "Ogg", extensions: ["ogv"]),
        Format(name: "MXF", extensions: ["mxf"]),
    ]

    /// The analysers every build has.
    public static let builtInAnalysers = [
        Analyser(name: "shots", capabilities: ["shot boundaries", "black pictures", "frozen pictures"]),
        Analyser(name: "picture", capabilities: ["motion", "sharpness", "exposure", "novelty"]),
        Analyser(name: "sound", capabilities: ["loudness (EBU R128)", "onsets"]),
    ]
}
