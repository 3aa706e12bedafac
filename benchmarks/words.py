"""The words that the corpus is made of: enough for texts that never repeat a paragraph."""

from __future__ import annotations

SUBJECTS = (
    "La Commission européenne",
    "Le laboratoire de Grenoble",
    "Une équipe de chercheurs lyonnais",
    "L'éditeur du modèle",
    "Le régulateur britannique",
    "La start-up parisienne",
    "Un collectif d'enseignants",
    "Le ministère de la Santé",
    "L'association de consommateurs",
    "Le fabricant de puces",
    "La rédaction du journal",
    "Un juge de Californie",
    "Le syndicat des traducteurs",
    "L'hôpital de Nantes",
    "La direction du musée",
    "Le consortium industriel",
)
VERBS = (
    "annonce",
    "met à l'épreuve",
    "suspend",
    "publie sans détour",
    "défend depuis mars",
    "finance à moitié",
    "remet en cause",
    "prépare discrètement",
    "généralise",
    "ouvre au public",
    "a fini par abandonner",
    "compare point par point",
    "veut encadrer",
    "corrige après coup",
)
OBJECTS = (
    "un modèle plus petit et plus sobre",
    "la nouvelle version de son assistant",
    "un jeu de données entièrement relu à la main",
    "l'accord signé l'an dernier avec la presse",
    "un outil de transcription pour les réunions",
    "la feuille de route de ses centres de données",
    "un protocole d'évaluation commun",
    "le moteur de recherche interne",
    "une méthode d'entraînement économe",
    "la liste des usages interdits",
    "le tableau de bord de sa consommation",
    "un robot capable de plier du linge",
    "l'interface vocale promise en janvier",
    "le registre des incidents",
)
CIRCUMSTANCES = (
    "à quelques jours du sommet",
    "après six mois d'essais",
    "sans attendre le décret",
    "malgré les réserves de ses propres ingénieurs",
    "pour répondre aux critiques",
    "dans trois académies pilotes",
    "avec l'appui de la région",
    "sous le contrôle d'un comité indépendant",
    "au moment où les prix baissent",
    "faute de candidats",
    "en échange d'un accès privilégié",
    "sur des machines déjà amorties",
)
REMARKS = (
    "Rien ne dit que l'essai sera prolongé.",
    "Le coût, lui, n'est pas public.",
    "Les premiers retours sont prudents, mais plutôt bons.",
    "Il faut lire ce chiffre pour ce qu'il est : une promesse.",
    "Personne ne s'attendait à une réponse aussi rapide.",
    "La question de l'énergie reste entière.",
    "On peut sourire de cette hâte ; on peut aussi la comprendre.",
    "Le texte ne parle pas de technologies, mais de pratiques.",
    "Chacun y lira ce qu'il veut.",
    "Les détails viendront, dit-on, au printemps.",
    "Ce n'est ni un triomphe ni un échec.",
    "Le calendrier paraît tenable, s'il n'y a pas de mauvaise surprise.",
)
HEADINGS = (
    "Ce qui change",
    "Un calendrier serré",
    "Ce que disent les chiffres",
    "Les points qui fâchent",
    "Comment nous avons vérifié",
    "Et maintenant ?",
    "Le mode d'emploi",
    "Une vieille querelle",
    "La part de l'énergie",
    "Ce que l'on ne sait pas encore",
    "À l'école, déjà",
    "Le prix de la prudence",
)
EMOJI = ("🌟", "🔍", "🚀", "⚖️", "💶", "🔋", "🏥", "📚", "🤖", "🇪🇺", "🧪", "🗓️")

THEMES = (
    "Agents",
    "Agriculture",
    "Assurance",
    "Audiovisuel",
    "Banque",
    "Bibliothèques",
    "Cinéma",
    "Climat",
    "Commerce",
    "Cybersécurité",
    "Défense",
    "Droit d'auteur",
    "Données personnelles",
    "Éducation",
    "Emploi",
    "Énergie",
    "Espace",
    "Évaluation",
    "Finance",
    "Hôpital",
    "Images",
    "Industrie",
    "Jeux vidéo",
    "Justice",
    "Langues",
    "Logiciel libre",
    "Matériaux",
    "Médias",
    "Mobilité",
    "Musées",
    "Musique",
    "Puces",
    "Recherche",
    "Régulation",
    "Robotique",
    "Santé",
    "Sciences",
    "Traduction",
    "Transport",
    "Villes",
)
PLACES = ("", " en Europe", " en France", " aux États-Unis", " en Asie")
TAGS = tuple(theme + place for place in PLACES for theme in THEMES)
"""Two hundred tags, the most used first."""

CODE = {
    "python": """\
from dataclasses import dataclass


@dataclass(frozen=True)
class Essai{n}:
    nom: str
    score: float = {f}

    def réussi(self, seuil: float = 0.5) -> bool:
        \"\"\"Dit si l'essai passe le seuil.\"\"\"
        return self.score >= seuil and self.nom != "{slug}"


essais = [Essai{n}(f"lot {{i}}", i / {n}) for i in range(12)]
print(sum(essai.réussi() for essai in essais))
""",
    "bash": """\
#!/bin/sh
set -eu
for lot in a b c; do
  curl --silent "https://mesures.example/{slug}?lot=$lot&n={n}" > "$lot.json"
done
wc -c ./*.json | sort -n | tail -{k}  # les plus gros
""",
    "json": """\
{{
  "essai": {n},
  "nom": "{slug}",
  "score": {f},
  "lots": ["a", "b", "c"],
  "public": true
}}
""",
    "javascript": """\
const seuil = {f};
async function mesures(lot) {{
  const réponse = await fetch(`https://mesures.example/{slug}?lot=${{lot}}`);
  if (!réponse.ok) throw new Error("essai {n} : " + réponse.status);
  return (await réponse.json()).filter((m) => m.score > seuil);
}}
mesures("a").then((liste) => console.log(liste.length)); // {k}
""",
}
