internal import MomentsCore

/// The answer of `/formats`.
struct FormatsAnswer: Encodable, Sendable {
    let decidedBy = "content"
    let formats: [ServiceCatalog.Format]
    let limits: Limits

    private enum CodingKeys: String, CodingKey {
        case decidedBy = "decided_by"
        case formats
        case limits
    }

    init(_ catalog: ServiceCatalog) {
        formats = catalog.formats
        limits = catalog.limits
    }
}

/// The answer of `/presets`: what people choose by name.
struct PresetsAnswer: Encodable, Sendable {
    let presets: [ServiceCatalog.Preset]
    let preset: String?
    let styles: [ServiceCatalog.Style]
    let style: StyleName

    private enum CodingKeys: String, CodingKey {
        case presets
        case preset = "default"
        case styles
        case style = "default_style"
    }

    init(_ catalog: ServiceCatalog) {
        presets = catalog.presets
        preset = catalog.defaultPreset
        (styles, style) = (catalog.styles, catalog.defaultStyle)
    }
}

/// The answer of `/models`.
struct ModelsAnswer: Encodable, Sendable {
    let models: [ServiceCatalog.Analyser]
    let generators: [GeneratorCard]

    init(_ catalog: ServiceCatalog) { (models, generators) = (catalog.analysers, catalog.generators) }
}
