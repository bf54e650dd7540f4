//! Words in the headings of columns, folded, in six languages: what was settled on, what stands beside codings, who codes.

/// Words parted by blanks.
pub(super) struct Words(&'static str);

impl Words {
    /// Whether this is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.split_whitespace().any(|it| it == word)
    }
}

/// Words for what coders settled on, or for a standard: never in agreement.
pub(super) const SETTLED: Words = Words(
    "consensus concensus final gold goldstandard agreed agreement adjudicated adjudication adjudicator resolved \
     resolution settled reconciled groundtruth truth majority reference standard expected joint decision verdict \
     outcome compromise negotiated merged combined discussed discussion \
     consenso consensuado consensuada definitivo definitiva acordado acordada acuerdo mayoria referencia resuelto \
     oro compromiso veredicto resultado negociado negociada \
     accord majorite definitif tranche compromis arbitrage resultat \
     konsens konsensus einigung endgultig endfassung mehrheit referenz geeinigt entscheidung entscheid beschluss \
     ergebnis kompromiss abgestimmt abgleich \
     acordo maioria decisao compromisso \
     concordato concordata maggioranza riferimento accordo decisione compromesso risultato",
);

/// Those of them that each coder may have, too.
pub(super) const OWN: Words = Words(
    "decision verdict outcome veredicto resultado resultat entscheidung entscheid ergebnis decisao decisione \
     risultato final",
);

/// Words for what stands beside codings.
pub(super) const BESIDE: Words = Words(
    "note notes comment comments memo memos remark remarks reason reasons rationale justification explanation \
     observation observations feedback nota notas comentario comentarios observacion observaciones razon razones \
     justificacion motivo remarque remarques commentaire commentaires raison raisons notiz notizen anmerkung \
     anmerkungen bemerkung bemerkungen kommentar kommentare begrundung observacao observacoes justificativa \
     commento commenti osservazione osservazioni motivazione motivi annotazioni \
     text texts texto textos texte textes testo testi quote quotes quotation quotations excerpt excerpts passage \
     passages utterance utterances sentence sentences snippet content body message post tweet statement \
     transcription cita citas fragmento fragmentos frase frases oracion contenido mensaje extracto citation \
     citations extrait extraits phrase phrases contenu zitat zitate aussage aussagen satz textstelle inhalt \
     wortlaut trecho trechos citacao conteudo citazione citazioni brano brani estratto contenuto translation \
     traduccion traduction ubersetzung traducao traduzione context contexto contexte kontext contesto \
     speaker speakers participant participants respondent interviewee interviewer moderator author role gender \
     sex age hablante hablantes participante participantes orador entrevistado entrevistada informante autor \
     locuteur locutrice locuteurs intervenant auteur enquete sprecher sprecherin teilnehmer teilnehmerin befragte \
     befragter falante palestrante parlante partecipante autore pseudonym \
     file files filename document documents doc source sources transcript transcripts url link path page line \
     paragraph locator date time timestamp timecode start end begin duration archivo archivos fichero documento \
     documentos fuente pagina linea parrafo fecha hora tiempo inicio fin duracion enlace fichier fichiers ligne \
     paragraphe heure temps debut duree lien datei dateiname dokument dokumente quelle seite zeile absatz datum \
     uhrzeit zeit zeitmarke ende dauer ficheiro arquivo fonte linha paragrafo data tempo inizio fine durata riga \
     collegamento email mail correo device interview entrevista entretien intervista platform wave batch session \
     group groupid grupo groupe gruppe gruppo site community \
     id ids uuid guid index idx row rownames rowid number numero nummer fila reihe zeilennummer identifier \
     identificador identifiant kennung identificatore codigo key seq order orden \
     at certainty codebook dispute kind pinned strength topic words wordcount confidence sure unsure certeza \
     confianza confiance sicherheit confianca certezza score weight probability total sum count match matches \
     same different diff difference gleich igual identique disagreement disagree agree discrepancy kappa alpha \
     diferencia desacuerdo coincide coincidencia discrepancia desaccord abweichung unterschied ubereinstimmung \
     diferenca discordancia differenza disaccordo status estado statut stato completed version language idioma \
     langue sprache lingua",
);

/// Headings that, alone, number rows.
pub(super) const NUMBERING: Words = Words("n no nr num # nº n° no. nr. nro lfd pos i x1");

/// Words for somebody who codes, folded.
pub(super) const CODERS: Words = Words(
    "coder coders rater raters annotator annotators judge judges reviewer labeler labeller observer ann anno \
     codificador codificadora codificadores evaluador evaluadora anotador anotadora juez jueza codeur codeuse \
     annotateur annotatrice evaluateur juge kodierer kodiererin codierer codiererin annotatorin bewerter \
     avaliador avaliadora codificatore codificatrice annotatore valutatore valutatrice giudice c r a k j person \
     user",
);
