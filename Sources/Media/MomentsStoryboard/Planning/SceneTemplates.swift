internal import MomentsCore

/// Scenes out of a concept: what a person would film of an idea, from the first look to the last.
enum SceneTemplates {
    /// Writes scenes.
    ///
    /// - Parameters:
    ///   - concept: The idea, in a person's words.
    ///   - count: How many there are to be.
    ///   - language: The language of what is added.
    /// - Returns: So many scenes; a concept of several sentences is told by them.
    static func scenes(_ concept: String, count: Int, _ language: StoryLanguage) -> [String] {
        let told = StoryPlanner.joined(Sentences.split(concept), to: max(1, count))
        let beats = beats[language] ?? []
        return (0..<count).map { index in
            // The first beat opens and the last one closes, however many come between them.
            let beat =
                index == 0
                ? beats[0] : index == count - 1 ? beats[beats.count - 1] : beats[1 + (index - 1) % (beats.count - 2)]
            let text = told.isEmpty ? "" : told[index * told.count / count]
            return "\(beat): \(text)"
        }
    }

    private static let beats: [StoryLanguage: [String]] = [
        .english: [
            "Opening, a wide view", "Closer, who it is about", "A detail", "Movement", "The turn", "Closing image",
        ],
        .german: [
            "Beginn, weiter Blick", "Näher, um wen es geht", "Ein Detail", "Bewegung", "Die Wendung", "Schlussbild",
        ],
        .french: [
            "Ouverture, plan large", "Plus près, de qui il s'agit", "Un détail", "Mouvement", "Le tournant",
            "Image finale",
        ],
        .spanish: [
            "Apertura, plano general", "Más cerca, de quién se trata", "Un detalle", "Movimiento", "El giro",
            "Imagen final",
        ],
        .turkish: [
            "Açılış, geniş plan", "Daha yakın, kim hakkında", "Bir ayrıntı", "Hareket", "Dönüm noktası",
            "Kapanış görüntüsü",
        ],
    ]
}
