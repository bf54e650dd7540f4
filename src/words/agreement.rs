//! What is said of agreement between coders.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("agree.title", "Agreement between {coders}", "Acuerdo entre {coders}"),
    ("agree.and", "and", "y"),
    (
        "agree.level.presence",
        "presence: given or not, with what lies beneath",
        "presence: asignado o no, con lo que queda por debajo",
    ),
    (
        "agree.level.value",
        "value: the whole answer in a dimension as one",
        "value: la respuesta completa en una dimensión como una sola",
    ),
    (
        "agree.level.sets",
        "sets: several codes per unit, by how far the sets are apart",
        "sets: varios códigos por unidad, según la distancia entre conjuntos",
    ),
    (
        "agree.level.joint",
        "joint: all dimensions as one answer",
        "joint: todas las dimensiones como una sola respuesta",
    ),
    ("agree.counts", "{level}: units by who gave it", "{level}: unidades según quién lo asignó"),
    ("agree.column.dimension", "dimension", "dimensión"),
    ("agree.column.code", "dimension or code", "dimensión o código"),
    ("agree.column.both", "both", "ambos"),
    ("agree.column.only", "only {coder}", "solo {coder}"),
    ("agree.column.neither", "neither", "ninguno"),
    ("agree.mean", "mean", "media"),
    (
        "agree.level.boundaries",
        "boundaries: where the text is cut",
        "boundaries: dónde se corta el texto",
    ),
    ("agree.column.measure", "measure", "medida"),
    ("agree.column.about", "of", "de"),
    ("agree.column.value", "value", "valor"),
    ("agree.column.made", "made with", "hecho con"),
    (
        "agree.seed",
        "--seed is for figures that draw random numbers, and none do here",
        "--seed sirve para cifras que sacan números al azar, y aquí no hay ninguna",
    ),
    (
        "agree.seed.fix",
        "add --bootstrap N, or leave --seed out",
        "añada --bootstrap N u omita --seed",
    ),
    (
        "agree.files",
        "one file of codings is read at a time",
        "se lee un solo archivo de codificaciones a la vez",
    ),
    (
        "agree.files.fix",
        "put the codings into one file with a column `coder`, or compare cuts with --boundaries",
        "ponga las codificaciones en un solo archivo con una columna `coder`, o compare cortes con --boundaries",
    ),
    ("agree.column.answer", "answer", "respuesta"),
    (
        "agree.per_category",
        "value: each answer against all others",
        "value: cada respuesta frente a todas las demás",
    ),
    (
        "agree.per_category.none",
        "--per-category looks at whole answers, and none are compared here",
        "--per-category mira respuestas completas, y aquí no se compara ninguna",
    ),
    ("agree.per_category.none.fix", "add --level value", "añada --level value"),
    (
        "agree.note.bootstrap_units",
        "In brackets: the 95 % interval, from {n} resamples of units (seed {seed}). It treats units as independent.",
        "Entre corchetes: el intervalo del 95 %, de {n} remuestras de unidades (semilla {seed}). Trata las unidades como independientes.",
    ),
    (
        "agree.note.bootstrap_cases",
        "In brackets: the 95 % interval, from {n} resamples of whole cases (seed {seed}).",
        "Entre corchetes: el intervalo del 95 %, de {n} remuestras de casos enteros (semilla {seed}).",
    ),
    (
        "agree.note.few_cases",
        "Caution: {cases} cases are few to draw from. With fewer than ten, such an interval says little and is often too narrow.",
        "Atención: {cases} casos son pocos para remuestrear. Con menos de diez, un intervalo así dice poco y suele ser demasiado estrecho.",
    ),
    (
        "agree.note.one_case",
        "There is no interval where there is a single case to draw from.",
        "No hay intervalo donde solo hay un caso que remuestrear.",
    ),
    (
        "agree.note.undefined_resamples",
        "Resamples in which a measure does not exist are left out: up to {n}.",
        "Se omiten las remuestras en las que una medida no existe: hasta {n}.",
    ),
    (
        "agree.note.definitions",
        "Decisions were made under versions of the codebook that do not define everything alike: {versions}. Defined differently: {codes}. --by codebook shows each by itself.",
        "Hay decisiones tomadas con versiones del libro de códigos que no lo definen todo igual: {versions}. Definidos de otro modo: {codes}. --by codebook muestra cada una por separado.",
    ),
    (
        "agree.note.across",
        "{n} {n|answer was|answers were} compared across such a difference: its coders decided under different definitions.",
        "{n} {n|respuesta se comparó|respuestas se compararon} a través de esa diferencia: sus codificadores decidieron con definiciones distintas.",
    ),
    (
        "agree.resample.by_case",
        "--by case leaves one case in each part, and there is nothing to resample cases from",
        "--by case deja un caso en cada parte, y no hay casos que remuestrear",
    ),
    (
        "agree.resample.by_case.fix",
        "leave out --by case, or use --resample units",
        "omita --by case o use --resample units",
    ),
    (
        "agree.resample.no_case.fix",
        "add the column, or use --resample units",
        "añada la columna o use --resample units",
    ),
    (
        "agree.note.as_irr",
        "As the package irr 0.84.1 for R prints them: kappas of several coders leave out every unit with a missing answer, and alpha of three coders or more without missing answers is lower than Krippendorff's. No standard errors.",
        "Como los imprime el paquete irr 0.84.1 para R: los kappas de varios codificadores omiten toda unidad a la que le falte una respuesta, y el alfa de tres o más codificadores sin respuestas ausentes es menor que el de Krippendorff. Sin errores estándar.",
    ),
    (
        "agree.note.as_balash2023",
        "As Balash and others (2023) reckon what they call Cohen's kappa: codes shared over the larger total of codes, corrected by how often each code was used; only units to which both gave a code. No standard errors.",
        "Como Balash y otros (2023) calculan lo que llaman kappa de Cohen: códigos compartidos entre el mayor total de códigos, corregido por la frecuencia de uso de cada código; solo unidades a las que ambos dieron un código. Sin errores estándar.",
    ),
    ("agree.as.measure", "{program} has no {measure}", "{program} no tiene {measure}"),
    (
        "agree.as.level",
        "{program} has no figures at the level {level}",
        "{program} no tiene cifras en el nivel {level}",
    ),
    (
        "agree.as.measure.fix",
        "{program} prints {measures}; levels: {levels}",
        "{program} imprime {measures}; niveles: {levels}",
    ),
    (
        "agree.twice",
        "{coder} stands twice among the coders; whoever is compared with the same decisions agrees with them",
        "{coder} aparece dos veces entre los codificadores; quien se compara con sus mismas decisiones coincide con ellas",
    ),
    (
        "agree.twice.fix",
        "name each coder once, or, in a study, a coder in two rounds: {coder}@main,{coder}@recode",
        "nombre a cada codificador una vez o, en un estudio, a uno en dos rondas: {coder}@main,{coder}@recode",
    ),
    (
        "agree.own",
        "--coder looks early, with --unblind, or at that coder's own rounds alone",
        "--coder mira antes de tiempo, con --unblind, o solo las rondas propias de esa persona",
    ),
    (
        "agree.own.fix",
        "name her rounds, as in --coders {coder}@main,{coder}@recode, or leave --coder out",
        "nombre sus rondas, como en --coders {coder}@main,{coder}@recode, u omita --coder",
    ),
    (
        "agree.pair.boundaries",
        "{measure} compares where coders cut the text, not what they decided",
        "{measure} compara dónde cortan el texto los codificadores, no qué decidieron",
    ),
    ("agree.pair.boundaries.fix", "use --boundaries", "use --boundaries"),
    (
        "agree.undefined.no_units",
        "no unit was decided by two coders",
        "ninguna unidad fue decidida por dos codificadores",
    ),
    (
        "agree.undefined.no_variation",
        "every answer is the same",
        "todas las respuestas son iguales",
    ),
    ("agree.undefined.never_given", "nobody gave it", "nadie lo asignó"),
    ("agree.undefined.always_given", "given to every unit", "asignado a todas las unidades"),
    (
        "agree.undefined.not_two_coders",
        "defined for two coders only",
        "definido solo para dos codificadores",
    ),
    (
        "agree.undefined.not_two_categories",
        "defined for two categories only",
        "definido solo para dos categorías",
    ),
    (
        "agree.undefined.not_for_this",
        "not defined for such answers",
        "no definido para estas respuestas",
    ),
    ("agree.undefined.too_short", "the text is too short", "el texto es demasiado corto"),
    ("agree.undefined.nothing_marked", "nobody marked anything", "nadie marcó nada"),
    (
        "agree.undefined.different_lengths",
        "the two texts differ in length",
        "los dos textos tienen distinta longitud",
    ),
    (
        "agree.undefined.marks_overlap",
        "a coder's own units overlap",
        "las unidades de un mismo codificador se solapan",
    ),
    ("agree.undefined.too_few_units", "there are too few units", "hay muy pocas unidades"),
    (
        "agree.undefined.every_dimension",
        "undefined in every dimension",
        "sin definir en todas las dimensiones",
    ),
    (
        "agree.note.units",
        "{n} {n|unit|units}: {paired} decided by two coders or more, {single} by one alone, {undecided} by nobody.",
        "{n} {n|unidad|unidades}: {paired} con decisión de dos o más codificadores, {single} de uno solo, {undecided} de nadie.",
    ),
    (
        "agree.note.units_in",
        "{n} {n|unit|units} in {dimension}: {paired} decided by two coders or more, {single} by one alone, {undecided} by nobody.",
        "{n} {n|unidad|unidades} en {dimension}: {paired} con decisión de dos o más codificadores, {single} de uno solo, {undecided} de nadie.",
    ),
    (
        "agree.note.given",
        "Only units where every coder who decided gave something; {n} {n|other is|others are} left out.",
        "Solo unidades en las que cada codificador que decidió asignó algo; {n|queda|quedan} fuera {n} más.",
    ),
    (
        "agree.note.exclude",
        "What one coder alone decided is left out (--single exclude).",
        "Lo que decidió un solo codificador queda fuera (--single exclude).",
    ),
    (
        "agree.note.include",
        "What one coder alone decided shapes the chance term (--single include).",
        "Lo que decidió un solo codificador cuenta para el acuerdo por azar (--single include).",
    ),
    (
        "agree.note.unsure",
        "Decisions that their coder was unsure of are left out (--without unsure).",
        "Las decisiones marcadas como dudosas quedan fuera (--without unsure).",
    ),
    (
        "agree.note.interval",
        "In brackets: the 95 % interval. It is analytic and treats units as independent.",
        "Entre corchetes: el intervalo del 95 %. Es analítico y trata las unidades como independientes.",
    ),
    (
        "agree.note.observed",
        "{measures}: the categories are those that coders used (--categories observed).",
        "{measures}: las categorías son las que usaron los codificadores (--categories observed).",
    ),
    (
        "agree.note.codebook",
        "{measures}: the categories are those that the codebook allows (--categories codebook); where a unit may get several codes, the answers that coders used.",
        "{measures}: las categorías son las que permite el libro de códigos (--categories codebook); donde una unidad admite varios códigos, las respuestas que usaron los codificadores.",
    ),
    (
        "agree.note.mean",
        "mean: the unweighted mean over dimensions, without an interval.",
        "mean: la media no ponderada de las dimensiones, sin intervalo.",
    ),
    (
        "agree.note.mean_without",
        "mean of {measure} ({level}): without {dimensions}, where it is undefined.",
        "mean de {measure} ({level}): sin {dimensions}, donde no está definida.",
    ),
    (
        "agree.note.no_coefficients",
        "This study reports no coefficients (agreement: no in themata.yaml); --measure computes one all the same.",
        "Este estudio no informa coeficientes (agreement: no en themata.yaml); --measure los calcula de todos modos.",
    ),
    (
        "agree.missed",
        "{condition} does not hold for {name} ({level}): {value}",
        "{condition} no se cumple para {name} ({level}): {value}",
    ),
    (
        "agree.missed_in",
        "{condition} does not hold for {name} ({level}, {group}): {value}",
        "{condition} no se cumple para {name} ({level}, {group}): {value}",
    ),
    ("agree.no_interval", "no interval", "sin intervalo"),
    (
        "agree.pair",
        "{measure} does not exist at the level {level}",
        "{measure} no existe en el nivel {level}",
    ),
    (
        "agree.pair.fix",
        "sets knows percent_agreement, krippendorff_alpha_masi and krippendorff_alpha_jaccard; the other levels know all others",
        "sets conoce percent_agreement, krippendorff_alpha_masi y krippendorff_alpha_jaccard; los demás niveles, todas las otras",
    ),
    ("agree.require.none", "themata.yaml requires nothing", "themata.yaml no exige nada"),
    (
        "agree.require.none.fix",
        "say what is required, as in --require 'krippendorff_alpha>=0.8', or add it to themata.yaml as `require: krippendorff_alpha>=0.8`",
        "diga qué se exige, como en --require 'krippendorff_alpha>=0.8', o añádalo a themata.yaml como `require: krippendorff_alpha>=0.8`",
    ),
    ("agree.require.invalid", "`require` is no condition", "`require` no es una condición"),
    (
        "agree.require.invalid.fix",
        "write a measure, a sign and a number, as in `require: krippendorff_alpha>=0.8`",
        "escriba una medida, un signo y un número, como en `require: krippendorff_alpha>=0.8`",
    ),
    (
        "agree.require.absent",
        "{measure} is not among the figures, so that nothing can be required of it",
        "{measure} no está entre las cifras, así que no se le puede exigir nada",
    ),
    (
        "agree.require.absent.fix",
        "add --measure {measure}, and a level that knows it",
        "añada --measure {measure} y un nivel que la conozca",
    ),
    (
        "agree.study_only",
        "{option} is for a study, and a file was given",
        "{option} sirve para un estudio, y se dio un archivo",
    ),
    ("agree.study_only.fix", "leave {option} out", "omita {option}"),
    (
        "agree.no_rounds",
        "the file has no column `{column}`",
        "el archivo no tiene la columna `{column}`",
    ),
    ("agree.no_rounds.fix", "add the column, or leave --by out", "añada la columna u omita --by"),
];
