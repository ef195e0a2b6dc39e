internal import MomentsCore

/// What is said of a product, in each language and flavour.
enum ScriptTemplates {
    /// Writes a script.
    ///
    /// - Parameters:
    ///   - product: The product.
    ///   - flavour: The flavour.
    ///   - language: The language.
    /// - Returns: Its sentences; what people are asked to do is the last one.
    static func script(_ product: Story.Product, _ flavour: ClipFlavour, _ language: StoryLanguage) -> [String] {
        let lines = lines[language]?[flavour] ?? []
        let call = product.callToAction.map { [ended($0)] } ?? []
        return lines.map { $0.replacing("%", with: product.name) } + call
    }

    /// A sentence with a sign at its end.
    private static func ended(_ text: String) -> String {
        text.last.map { ".!?…。！？؟।".contains($0) } == true ? text : text + "."
    }

    private static let lines: [StoryLanguage: [ClipFlavour: [String]]] = [
        .english: [
            .modern: ["Meet %.", "Made for the way you live today.", "% fits right in."],
            .minimalist: ["%.", "Nothing more. Nothing less."],
            .energetic: ["Here it comes: %!", "More power. More fun. More you.", "Get ready for %!"],
        ],
        .german: [
            .modern: ["Das ist %.", "Gemacht für das Leben von heute.", "% passt genau dazu."],
            .minimalist: ["%.", "Nicht mehr. Und nicht weniger."],
            .energetic: ["Jetzt kommt %!", "Mehr Kraft. Mehr Spaß. Mehr du.", "Mach dich bereit für %!"],
        ],
        .french: [
            .modern: ["Voici %.", "Pensé pour la vie d'aujourd'hui.", "% trouve tout de suite sa place."],
            .minimalist: ["%.", "Rien de plus. Rien de moins."],
            .energetic: ["Voilà % !", "Plus de force. Plus de plaisir. Plus de vous.", "Préparez-vous pour % !"],
        ],
        .spanish: [
            .modern: ["Te presentamos %.", "Hecho para la vida de hoy.", "% encaja a la perfección."],
            .minimalist: ["%.", "Ni más. Ni menos."],
            .energetic: ["¡Llega %!", "Más fuerza. Más diversión. Más tú.", "¡Prepárate para %!"],
        ],
        .turkish: [
            .modern: ["Karşınızda %.", "Bugünün yaşamı için yapıldı.", "% hayatınıza tam uyar."],
            .minimalist: ["%.", "Ne fazla. Ne eksik."],
            .energetic: ["İşte %!", "Daha çok güç. Daha çok eğlence. Daha çok siz.", "% için hazır olun!"],
        ],
    ]
}
